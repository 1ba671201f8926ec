import { methodLabel } from '../../src/attribution/methods.ts';
import { optionWords } from '../../src/attribution/optionText.ts';
import { switchWords } from '../../src/attribution/switches.ts';
import { targetTitle } from '../../src/attribution/targetTitle.ts';
import { formatNumber, formatShare } from '../../src/format.ts';
import { colourTable } from '../../src/raster/colourTable.ts';
import { paddingShare } from '../../src/runs/run.ts';
import type { RunAct, RunsView } from '../../src/views/panel/contract.ts';
import { button, element, icon, replace, say } from '../element.ts';
import { counted, formatProbability } from '../format.ts';
import { thumbnail } from '../instances/thumbnail.ts';
import type { Page, PageView } from '../pageView.ts';
import type { Theme } from '../theme.ts';
import { changedWords } from './changedWords.ts';
import { lastPart, shortTime } from './words.ts';

type ListedRun = RunsView['rows'][number];
type OneRun = Exclude<RunAct['do'], 'restore' | 'undelete'>;

/** The Runs view: every kept run, newest first, and what can be done with it. */
export class RunsPage implements PageView<RunsView> {
  readonly #words = element('p', { id: 'runs-words', role: 'status' });
  readonly #compare = button(
    { class: 'button primary', id: 'compare-chosen', hidden: true },
    () => this.page.bring('compare'),
    'Compare A with B',
  );
  readonly #undo = button({ class: 'button', id: 'undelete', hidden: true }, () =>
    this.page.host.send({ kind: 'runs', act: { do: 'undelete' } }),
  );
  readonly #list = element('ul', { class: 'runs-list', id: 'runs-list' });
  readonly root = element(
    'div',
    { class: 'runs' },
    element('div', { class: 'audit-status' }, this.#words, this.#undo, this.#compare),
    this.#list,
  );

  #view: RunsView | undefined;
  #ground: Theme['ground'];

  constructor(private readonly page: Page) {
    this.#ground = page.theme().ground;
    this.#list.addEventListener('keydown', (event) => this.#walk(event));
  }

  started(): void {
    const { a, b } = this.page.kept.place;
    if (a || b) this.page.host.send({ kind: 'runs', act: { do: 'restore', a, b } });
  }

  /** The maps in small take their colours from the theme. */
  draw({ ground }: Theme): void {
    if (this.#view && ground !== this.#ground) this.show(this.#view);
  }

  show(view: RunsView): void {
    const { rows } = view;
    [this.#view, this.#ground] = [view, this.page.theme().ground];
    this.page.kept.compared(view);
    this.#compare.hidden = view.a === null || view.b === null;
    this.#undo.hidden = view.deleted == null;
    say(this.#undo, `Undo: delete ${view.deleted ?? ''}`);
    const focus = this.#focused();
    say(
      this.#words,
      rows.length
        ? `${counted(rows.length, 'run')}, newest first. Choose one as A and one as B to compare them; pinned and named ones are never dropped.`
        : 'No runs yet: everything that is explained is kept here, and the oldest go when there are many.',
    );
    replace(this.#list, ...rows.map((row, i) => this.#row(row, view, rows.slice(i + 1))));
    if (focus) this.#focus(focus.row, focus.column);
  }

  #row(row: ListedRun, { a, b }: RunsView, older: readonly ListedRun[]): HTMLElement {
    const place = `${lastPart(row.file)} · ${row.instance.id}`;
    const name = row.name ?? place;
    const changed = changedWords(row, older);
    const { how } = row;
    const settings = [
      ...(row.name === undefined ? [] : [place]),
      shortTime(row.at),
      lastPart(row.model.path),
      how.layer,
      targetTitle(row.target),
      methodLabel(how.method),
      ...optionWords(how.options ?? {}),
      ...switchWords(how),
      row.mask,
      ...(row.content === 'unsaved' ? ['unsaved edits'] : []),
    ];
    const act = (what: OneRun, label: string, sign: string | HTMLElement, on?: boolean) =>
      button(
        {
          class: `icon-button run-${what.toLowerCase()}`,
          'aria-label': `${label}: ${name}`,
          title: label,
          'aria-pressed': on === undefined ? undefined : String(on),
        },
        () => this.#act(what, row.id),
        sign,
      );
    return element(
      'li',
      { 'data-run': row.id, class: row.pinned ? 'pinned' : undefined },
      element(
        'div',
        { class: 'run-words' },
        element('b', {}, name),
        changed !== null && element('span', { class: 'run-changed' }, changed),
        element('span', { class: 'dim' }, settings.join(' · ')),
      ),
      element(
        'div',
        { class: 'run-numbers' },
        row.thumbnail && thumbnail(row.thumbnail, 0, colourTable(false, this.#ground)),
        element(
          'span',
          { class: 'run-p' },
          `${row.predicted.name} ${row.values ? formatNumber(row.predicted.p) : formatProbability(row.predicted.p)}`,
        ),
        element('span', { class: 'dim run-padding' }, `${formatShare(paddingShare(row))} on padding`),
      ),
      element(
        'div',
        { class: 'run-acts', role: 'group', 'aria-label': name },
        act('asA', 'Compare as A', 'A', row.id === a),
        act('asB', 'Compare as B', 'B', row.id === b),
        act('open', 'Open: pick all this again', icon('go-to-file')),
        act(
          row.pinned ? 'unpin' : 'pin',
          row.pinned ? 'Unpin' : 'Pin',
          icon(row.pinned ? 'pinned' : 'pin'),
          row.pinned,
        ),
        act('name', 'Name…', icon('edit')),
        act('delete', 'Delete', icon('trash')),
      ),
    );
  }

  #act(what: OneRun, id: string): void {
    this.page.host.send({ kind: 'runs', act: { do: what, id } });
    if (what === 'open') this.page.bring('map');
  }

  /** Up and down go between the runs, left and right between what can be done with one. */
  #walk(event: KeyboardEvent): void {
    const at = this.#focused();
    if (!at || event.ctrlKey || event.metaKey || event.altKey) return;
    const last = this.#list.children.length - 1;
    const to: Record<string, readonly [number, number]> = {
      ArrowUp: [at.row - 1, at.column],
      ArrowDown: [at.row + 1, at.column],
      ArrowLeft: [at.row, at.column - 1],
      ArrowRight: [at.row, at.column + 1],
      Home: [0, at.column],
      End: [last, at.column],
    };
    const next = to[event.key];
    if (!next) return;
    event.preventDefault();
    this.#focus(...next);
  }

  #focused(): { row: number; column: number } | null {
    const item = document.activeElement?.closest('li');
    if (!item || !this.#list.contains(item)) return null;
    const column = [...item.querySelectorAll('button')].indexOf(document.activeElement as HTMLButtonElement);
    return { row: [...this.#list.children].indexOf(item), column };
  }

  /** Where a run has gone, the next one's button gets the focus. */
  #focus(row: number, column: number): void {
    const { children } = this.#list;
    const item = children[Math.max(0, Math.min(children.length - 1, row))];
    const buttons = item?.querySelectorAll('button');
    buttons?.[Math.max(0, Math.min(buttons.length - 1, column))]?.focus();
  }
}
