import type { FromGlance, GlanceCommand, GlancePlace, ToGlance } from '../../src/views/glance/contract.ts';
import { button, element, icon, replace, say } from '../element.ts';
import { connect } from '../host.ts';
import { layersBody } from './layersBody.ts';
import { SeriesBody } from './seriesBody.ts';

/** The page of an editor that shows one file: series of a data file, or layers of a model. */
export class WholeGlance {
  readonly #line = connect<ToGlance, FromGlance>((message) => this.#receive(message));
  readonly #name = element('h1', { id: 'file-name' });
  readonly #words = element('p', { class: 'dim', id: 'glance-words', role: 'status' });
  readonly #refusal = element('div', { class: 'refused', role: 'alert', hidden: true });
  readonly #buttons = element(
    'div',
    { class: 'buttons' },
    this.#button('explain', 'Explain…', 'primary'),
    this.#button('audit', 'Audit…', 'secondary'),
  );
  readonly #series = new SeriesBody((at) => this.#turn(at));
  readonly #body = element('div', { class: 'glance-body' });
  #at: GlancePlace = placeOf(this.#line.kept());

  constructor(root: HTMLElement) {
    const words = element('div', { class: 'header-words' }, this.#name, this.#words);
    const header = element('div', { class: 'header' }, words, this.#buttons);
    root.append(element('div', { class: 'page glance' }, header, this.#refusal, this.#body));
    document.body.addEventListener('keydown', (event) => this.#series.key(event));
  }

  start(): void {
    this.#line.send({ kind: 'ready', at: this.#at });
  }

  #receive(message: ToGlance): void {
    document.body.dataset.state = message.kind;
    this.#refusal.hidden = message.kind !== 'refused';
    switch (message.kind) {
      case 'busy':
        say(this.#words, `${message.what} …`);
        break;
      case 'refused':
        this.#refuse(message);
        break;
      case 'model': {
        const { words, parts } = layersBody(message.model);
        this.#head(message.model.name, words);
        replace(this.#body, ...parts);
        break;
      }
      case 'file':
        this.#head(message.file.name, this.#series.open(message.file));
        if (this.#series.root.parentElement !== this.#body) replace(this.#body, this.#series.root);
        break;
      case 'series':
        this.#series.show(message.index, message.series);
    }
  }

  #refuse({ sentence, actions }: Extract<ToGlance, { kind: 'refused' }>): void {
    say(this.#words, '');
    replace(
      this.#refusal,
      icon('error'),
      element(
        'div',
        {},
        element('p', { id: 'refusal' }, sentence),
        element(
          'div',
          { class: 'buttons' },
          ...actions.map(({ label, command }) => this.#button(command, label, 'secondary')),
        ),
      ),
    );
  }

  #head(name: string, words: string): void {
    say(this.#name, name);
    say(this.#words, words);
  }

  #button(command: GlanceCommand, words: string, rank: string): HTMLButtonElement {
    const run = () => this.#line.send({ kind: 'run', command });
    return button({ class: `button ${rank}`, 'data-command': command }, run, words);
  }

  #turn(at: GlancePlace): void {
    this.#at = at;
    this.#line.keep(at);
    this.#line.send({ kind: 'turn', at });
  }
}

/** Where the page stood before it went. */
function placeOf(kept: unknown): GlancePlace {
  const whole = (name: string) => {
    const value = typeof kept === 'object' && kept !== null ? (kept as Record<string, unknown>)[name] : 0;
    return Number.isInteger(value) && (value as number) >= 0 && (value as number) < 2 ** 31
      ? (value as number)
      : 0;
  };
  return { instance: whole('instance'), from: whole('from') };
}
