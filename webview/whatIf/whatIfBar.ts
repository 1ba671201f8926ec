import type { Explanation } from '../../src/attribution/explanation.ts';
import type { CellSelection, SeriesEdit, WhatIfView } from '../../src/views/panel/contract.ts';
import { button, element, icon, replace, say } from '../element.ts';
import { counted, formatSteps } from '../format.ts';
import { whenFocused } from '../whenFocused.ts';
import { answerLine } from './answers.ts';

/** What the chosen cells can be changed to, and what the model then answers. */
export class WhatIfBar {
  readonly #place = element('span', { id: 'what-if-place' });
  readonly #factor = number('what-if-factor', 'Factor', 0.5, 0.1);
  readonly #steps = number('what-if-steps', 'Steps later', 5, 1);
  readonly #answers = element('p', {
    class: 'what-if-answers',
    id: 'what-if-answers',
    'aria-live': 'polite',
  });
  readonly #changes = element('span', { id: 'what-if-changes' });
  readonly #choices: HTMLElement;
  readonly #undo: HTMLElement;
  readonly root: HTMLElement;
  #cells: CellSelection | null = null;
  #edits: readonly SeriesEdit[] = [];
  #explanation: Explanation | null = null;

  /**
   * @param asRows opens the changed series as rows of a new text
   * @param back gives the keys back to the map
   */
  constructor(
    private readonly ask: (edits: readonly SeriesEdit[]) => void,
    asRows: () => void,
    private readonly back: () => void,
  ) {
    this.#choices = element(
      'div',
      { class: 'what-if-choices' },
      element(
        'span',
        { class: 'what-if-of' },
        element('b', { title: 'W on the map' }, 'What if'),
        ' ',
        this.#place,
      ),
      this.#act('mask', 'masked', 'Set to 0 in the units of the model', () => ({ what: 'mask' })),
      this.#act('refill', 'refilled', 'A straight line between the values beside', () => ({
        what: 'refill',
      })),
      withNumber(
        this.#act('scale', 'scaled by', 'Away from the mean of the range', () => ({
          what: 'scale',
          by: this.#factor.valueAsNumber || 0,
        })),
        this.#factor,
      ),
      withNumber(
        this.#act('shift', 'shifted by', 'Later by so many steps', () => ({
          what: 'shift',
          by: Math.round(this.#steps.valueAsNumber) || 0,
        })),
        this.#steps,
      ),
    );
    this.#undo = element(
      'div',
      { class: 'what-if-choices' },
      this.#changes,
      element(
        'span',
        { class: 'dim' },
        'not in the file',
        element('span', { class: 'what-if-marks' }, ' or its marks'),
      ),
      button(
        { class: 'text-button', id: 'what-if-undo' },
        () => this.#set(this.#edits.slice(0, -1)),
        icon('discard'),
        'Undo',
      ),
      button({ class: 'text-button', id: 'what-if-reset' }, () => this.#set([]), 'As it was'),
      button(
        {
          class: 'text-button',
          id: 'what-if-rows',
          title: 'The changed series as rows of a new text; the file stays as it is',
        },
        asRows,
        'Add as rows…',
      ),
    );
    this.root = element(
      'section',
      { class: 'what-if', id: 'what-if', 'aria-label': 'What if', hidden: true },
      this.#choices,
      this.#undo,
      this.#answers,
    );
    this.root.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape') return;
      event.stopPropagation();
      back();
    });
    this.#show();
  }

  /** To the first thing to do, without moving the page. */
  focus(): void {
    const first = [...this.root.querySelectorAll('button')].find((one) => one.offsetParent !== null);
    first?.focus({ preventScroll: true });
  }

  /** What the answers are set beside. */
  explained(explanation: Explanation): void {
    this.#explanation = explanation;
    this.#show();
  }

  chosen(cells: CellSelection | null): void {
    this.#cells = cells;
    this.#show();
  }

  answered({ explanation, edits, sentence }: WhatIfView): void {
    const before = this.#explanation;
    this.#edits = edits;
    this.#show();
    if (sentence !== null) say(this.#answers, sentence);
    else replace(this.#answers, ...(before && explanation ? answerLine(before, explanation) : []));
  }

  #act(id: string, words: string, title: string, what: () => Change): HTMLElement {
    const add = () => {
      if (this.#cells) this.#set([...this.#edits, { ...this.#cells, ...what() }]);
    };
    return button({ class: 'button secondary', id: `what-if-${id}`, title }, add, words);
  }

  #set(edits: readonly SeriesEdit[]): void {
    this.#edits = edits;
    this.#show();
    this.ask(edits);
  }

  /** The control with the keys may have gone. */
  #keepFocus(): void {
    if (this.root.hidden) this.back();
    else if (!(document.activeElement as HTMLElement).offsetParent) this.focus();
  }

  #show(): void {
    const [cells, count] = [this.#cells, this.#edits.length];
    const had = this.root.contains(document.activeElement);
    this.root.hidden = !cells && count === 0;
    this.#choices.hidden = cells === null;
    this.#undo.hidden = count === 0;
    if (had) whenFocused(() => this.#keepFocus());
    say(this.#changes, counted(count, 'change'));
    if (count === 0) this.#answers.replaceChildren();
    if (!cells || !this.#explanation) return;
    const names = this.#explanation.signals.features;
    const { features } = cells;
    const what =
      features?.length === 1 ? names[features[0]!]! : counted(features?.length ?? names.length, 'feature');
    say(this.#place, `steps ${formatSteps(cells.from, cells.to)} of ${what} were`);
  }
}

type Change = SeriesEdit extends infer Edit
  ? Edit extends SeriesEdit
    ? Omit<Edit, keyof CellSelection>
    : never
  : never;

/** A button and its number stay together where the line is short. */
function withNumber(act: HTMLElement, of: HTMLInputElement): HTMLElement {
  return element('span', { class: 'what-if-pair' }, act, of);
}

function number(id: string, name: string, value: number, step: number): HTMLInputElement {
  return element('input', {
    type: 'number',
    class: 'number',
    id,
    'aria-label': name,
    title: name,
    value,
    step,
  });
}
