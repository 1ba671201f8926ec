import { formatShare } from '../../src/format.ts';
import type { PanelCommand, ToPanel } from '../../src/views/panel/contract.ts';
import { button, element, icon, label, replace, say } from '../element.ts';
import type { Host } from '../host.ts';

type Busy = Extract<ToPanel, { kind: 'busy' }>;
type Refused = Extract<ToPanel, { kind: 'refused' }>;

/** Work under way: a bar along the top edge and a line with Cancel, laid over the page so that nothing moves. */
export class BusyNotice {
  readonly #bar = element('div', { class: 'progress-bar' });
  readonly #words = element('span', { id: 'busy-words' });
  readonly root: HTMLElement;

  constructor(host: Host) {
    const track = element(
      'div',
      { class: 'progress', id: 'progress', role: 'progressbar', 'aria-label': 'Progress' },
      this.#bar,
    );
    const cancel = button(
      { id: 'cancel', class: 'button secondary' },
      () => host.send({ kind: 'run', command: 'cancel' }),
      'Cancel',
    );
    this.root = element(
      'div',
      { class: 'busy', hidden: true },
      track,
      element('div', { class: 'busy-line', role: 'status' }, this.#words, cancel),
    );
  }

  show(busy: Busy | null): void {
    this.root.hidden = busy === null;
    if (!busy) return;
    const known = busy.share !== undefined;
    say(this.#words, known ? `${busy.what} · ${formatShare(busy.share)}` : busy.what);
    this.#bar.classList.toggle('unknown', !known);
    this.#bar.style.width = known ? `${Math.max(0, Math.min(1, busy.share)) * 100}%` : '';
    const track = this.#bar.parentElement!;
    if (known) label(track, 'aria-valuenow', String(Math.round(busy.share * 100)));
    else track.removeAttribute('aria-valuenow');
  }
}

/** Why there is no (new) picture, and what gets the person on. */
export class RefusalNotice {
  readonly #sentence = element('p', { id: 'refusal' });
  readonly #buttons = element('div', { class: 'buttons' });
  readonly root = element(
    'div',
    { class: 'refused', role: 'alert', hidden: true },
    icon('error'),
    element('div', {}, this.#sentence, this.#buttons),
  );

  constructor(private readonly host: Host) {}

  show(refused: Refused | null): void {
    this.root.hidden = refused === null;
    if (!refused) return;
    say(this.#sentence, refused.sentence);
    const run = (label: string, command: PanelCommand, first: boolean) =>
      button(
        { class: `button ${first ? 'primary' : 'secondary'}`, 'data-command': command },
        () => this.host.send({ kind: 'run', command }),
        label,
      );
    const actions = [...(refused.actions ?? [])];
    if (refused.canRetry) actions.push({ label: 'Retry', command: 'retry' });
    actions.push({ label: 'Show Log', command: 'showLog' });
    replace(
      this.#buttons,
      ...actions.map(({ label, command }, i) => run(label, command, i === 0 && actions.length > 1)),
    );
  }
}

/** What a newcomer sees before anything was explained. */
export function emptyPage(host: Host): HTMLElement {
  return element(
    'section',
    { class: 'empty', id: 'empty', hidden: true },
    element('h1', {}, 'Nothing is explained yet'),
    element(
      'p',
      {},
      'Attribution Lens shows which steps of a time series made your classifier answer as it did, and how much of that lies on padding.',
    ),
    element(
      'ol',
      {},
      element('li', {}, 'Have a model as ONNX in the workspace.'),
      element('li', {}, 'Right-click a data file (.csv, .tsv, .ts, .npz or .npy) in the Explorer.'),
      element('li', {}, 'Choose ', element('b', {}, 'Explain with Attribution Lens'), '.'),
    ),
    element(
      'div',
      { class: 'buttons' },
      button(
        { id: 'open-sample', class: 'button primary' },
        () => host.send({ kind: 'run', command: 'openSample' }),
        'Open Sample',
      ),
      button(
        { id: 'open-walkthrough', class: 'button secondary' },
        () => host.send({ kind: 'run', command: 'openWalkthrough' }),
        'Open Walkthrough',
      ),
      button(
        { id: 'show-log', class: 'button secondary' },
        () => host.send({ kind: 'run', command: 'showLog' }),
        'Show Log',
      ),
    ),
  );
}
