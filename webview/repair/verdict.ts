import { judgedAs } from '../../src/repair/leftOver.ts';
import { chosenHelps, repairRows } from '../../src/repair/rows.ts';
import type { MaskForm, RepairFound } from '../../src/views/panel/contract.ts';
import { block } from '../audit/block.ts';
import { button, element } from '../element.ts';
import { counted } from '../format.ts';
import { LIST_THEM, type These } from '../pageView.ts';
import { verdictCardRow } from '../sections/verdictCard.ts';

/** What the written rule chose and why, or that nothing helped. */
export function verdict(found: RepairFound, tryAs: (form: MaskForm) => void): HTMLElement {
  const { chosen, reason, stopped, otherForm } = found;
  const row = verdictCardRow([
    {
      name: 'repair',
      title: stopped ? 'Chosen of what was tried' : 'Chosen',
      question: 'Which repair the written rule takes',
      answer: chosen ?? 'nothing helped',
      reason,
      sign: chosenHelps(found) ? ['good', 'pass'] : ['warn', chosen === null ? 'circle-slash' : 'warning'],
    },
  ]);
  if (!otherForm) return row;
  const { form } = otherForm;
  const words = form === 'mask-input' ? 'Try It With a Mask Input' : 'Try It as a Drop-in';
  const again = button({ class: 'button secondary', id: 'repair-other-form' }, () => tryAs(form), words);
  return element('div', {}, row, element('p', { class: 'other-form' }, again));
}

/** The chosen repair beside the model as trained. */
export function beforeAfter(found: RepairFound, list: (these: These) => void): HTMLElement | false {
  const [heads, ...rows] = joined(repairRows(found));
  if (!heads) return false;
  const { judgedOn } = found;
  const judged =
    judgedOn.folds > 0
      ? `${counted(judgedOn.instances, 'instance')}, each answered by a repair that has not learnt from it (${judgedOn.folds} folds)`
      : `${counted(judgedOn.instances, 'instance')}, answered by repairs that learnt from another file`;
  return block(
    'repair-before-after',
    'Before and after',
    `${judged}, each as ${judgedAs(found)}.`,
    element(
      'div',
      { class: 'table-scroll', role: 'region', tabindex: 0, 'aria-label': 'Table before and after' },
      element(
        'table',
        {},
        element(
          'thead',
          {},
          element('tr', {}, ...heads.map((cell) => element('th', { scope: 'col' }, cell || 'figure'))),
        ),
        element(
          'tbody',
          {},
          ...rows.map(([name, ...cells]) =>
            element(
              'tr',
              {},
              element('th', { scope: 'row' }, name),
              ...cells.map((cell) => element('td', {}, unbroken(cell))),
            ),
          ),
        ),
      ),
    ),
    ...turned(found, list),
  );
}

/** Whose answers the repair has turned; each a way into the list. */
function turned({ turned }: RepairFound, list: (these: These) => void): HTMLElement[] {
  const ways = [
    ['right only after the repair', turned?.gained ?? []],
    ['right only before the repair', turned?.lost ?? []],
  ] as const;
  return ways
    .filter(([, indices]) => indices.length > 0)
    .map(([name, indices]) => {
      const show = () => list({ name, indices: new Set(indices) });
      const words = `${counted(indices.length, 'instance')} ${name}. `;
      return element('p', {}, words, button({ class: 'link list-turned' }, show, LIST_THEM));
    });
}

/** No line begins with a per cent sign. */
function unbroken(text: string): string {
  return text.replaceAll(/(?<=\d) (?=%)/g, '\u00a0');
}

/** A row without a name goes on with the one before it. */
function joined(rows: readonly (readonly string[])[]): string[][] {
  const made: string[][] = [];
  for (const [i, row] of rows.entries()) {
    const last = made.at(-1);
    if (i === 0 || row[0] !== '' || !last) made.push([...row]);
    else made[made.length - 1] = last.map((cell, c) => (row[c] ? `${cell}; ${row[c]}` : cell));
  }
  return made;
}

/** What has to be known beside the figures. */
export function notes({ notes: list, candidates }: RepairFound): HTMLElement | false {
  const own = candidates.flatMap((one) =>
    'cannot' in one ? [] : one.notes.map((note) => `${one.name}: ${note}`),
  );
  const all = [...list, ...own];
  if (all.length === 0) return false;
  return element('ul', { class: 'repair-notes' }, ...all.map((note) => element('li', {}, note)));
}
