import { formatShare } from '../../src/format.ts';
import type { Estimate, Unavailable } from '../../src/padding/audit.ts';
import { points, two } from '../../src/padding/wording.ts';
import type { Candidate, MapAndTime, Standing } from '../../src/views/panel/contract.ts';
import { element } from '../element.ts';
import { COLUMNS } from './figureWords.ts';

/** The model as trained and every repair so far, with intervals; the chosen one is marked. */
export function candidateTable(
  before: (Standing & Partial<MapAndTime>) | null,
  candidates: readonly Candidate[],
  chosen: string | null,
): HTMLElement {
  const rows = candidates.map((one) =>
    'cannot' in one
      ? element(
          'tr',
          { 'data-repair': one.name },
          element('th', { scope: 'row' }, one.name),
          element('td', { colspan: COLUMNS.length - 1, class: 'dim' }, `Not tried. ${one.cannot}`),
        )
      : row(one.name, one, one.name === chosen, accuracyChange(one)),
  );
  return element(
    'div',
    { class: 'table-scroll', role: 'region', tabindex: 0, 'aria-label': 'Table of what was tried' },
    element(
      'table',
      { id: 'repair-candidates' },
      element(
        'thead',
        {},
        element(
          'tr',
          {},
          ...COLUMNS.map(([title, what]) => element('th', { scope: 'col', title: what }, title)),
        ),
      ),
      element('tbody', {}, before && row('as trained', before, false, null), ...rows),
    ),
  );
}

function row(
  name: string,
  one: Standing & Partial<MapAndTime>,
  isChosen: boolean,
  change: string | null,
): HTMLElement {
  const cells = [
    [share(one.accuracy), change],
    [share(one.lengthCrossed), null],
    flips(one.layout),
    flips(one.look),
    length(one.lengthEvidence),
    [share(one.lengthResponse), 'unavailable' in one.lengthResponse ? one.lengthResponse.unavailable : null],
    one.mapOnPadding === undefined
      ? ['–', null]
      : [share(one.mapOnPadding), 'unavailable' in one.mapOnPadding ? one.mapOnPadding.unavailable : null],
    [one.milliseconds === undefined ? '–' : milliseconds(one.milliseconds), null],
  ];
  return element(
    'tr',
    { 'data-repair': name, class: isChosen ? 'chosen' : undefined },
    element('th', { scope: 'row' }, name, isChosen && element('span', { class: 'tag' }, 'chosen')),
    ...cells.map(([text, more]) =>
      element('td', {}, text, more && element('span', { class: 'dim more' }, more)),
    ),
  );
}

function flips(one: Standing['layout']): [string, string | null] {
  return 'unavailable' in one ? ['–', one.unavailable] : [share(one), `${one.answer}, ${one.worst}`];
}

function length(one: Standing['lengthEvidence']): [string, string | null] {
  if ('unavailable' in one) return ['–', one.unavailable];
  return [`${two(one.value)} ${unbroken(`[${one.interval.map(two).join(', ')}]`)}`, one.answer];
}

function share(one: Estimate | Unavailable): string {
  if ('unavailable' in one) return '–';
  const [low, high] = one.interval;
  return `${formatShare(one.value)} ${unbroken(`[${formatShare(low)}, ${formatShare(high)}]`)}`;
}

function milliseconds({ value, interval: [low, high] }: Estimate): string {
  return `${value.toFixed(2)} ${unbroken(`[${low.toFixed(2)}, ${high.toFixed(2)}]`)}`;
}

function accuracyChange({
  change,
  mcnemar: { gained, lost, p },
}: Exclude<Candidate, { cannot: string }>): string {
  const [low, high] = change.interval.map(points);
  const test = `${gained} gained, ${lost} lost, ${unbroken(`McNemar p ${p < 0.001 ? '< 0.001' : p.toFixed(3)}`)}`;
  return `${points(change.value)} [${low}, ${high}] points; ${test}`;
}

function unbroken(text: string): string {
  return text.replaceAll(' ', '\u00a0');
}
