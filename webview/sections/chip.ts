import { button, element, icon, label, replace, say } from '../element.ts';

/** An entry of a chip's list. */
export interface Choice {
  readonly value: string;
  /** In the open list. */
  readonly text: string;
  /** On the chip, where that is less than the text. */
  readonly short?: string;
  readonly title?: string;
  /** Choices of one group stand together under its name. */
  readonly group?: string;
}

/** A labelled native list. Closed it shows the choice in short; the list itself lies unseen on top and says more. */
export class ChipSelect {
  readonly #select: HTMLSelectElement;
  readonly #shown = element('span', { class: 'chip-value', 'aria-hidden': 'true' });
  readonly #words = element('span', { class: 'dim', 'aria-hidden': 'true' });
  readonly root: HTMLElement;
  #choices: readonly Choice[] = [];

  constructor(id: string, name: string, changed: (value: string) => void) {
    this.#select = element('select', { id });
    this.#select.addEventListener('change', () => {
      this.#showChosen();
      changed(this.#select.value);
    });
    this.root = element(
      'div',
      { class: 'chip' },
      this.#words,
      this.#shown,
      icon('chevron-down'),
      this.#select,
    );
    this.rename(name);
  }

  /** What is chosen here, in a word. */
  rename(name: string): void {
    say(this.#words, name);
    label(this.#select, 'aria-label', name);
  }

  get value(): string {
    return this.#select.value;
  }

  choose(value: string): void {
    this.#select.value = value;
    this.#showChosen();
  }

  fill(choices: readonly Choice[], value: string): void {
    // An open list is not rebuilt under the person's hand when nothing in it has changed.
    if (JSON.stringify(choices) !== JSON.stringify(this.#choices)) {
      replace(this.#select, ...grouped(choices));
      this.#choices = choices;
    }
    this.#select.value = value;
    this.#showChosen();
  }

  #showChosen(): void {
    const chosen = this.#choices[this.#select.selectedIndex];
    say(this.#shown, chosen?.short ?? chosen?.text ?? '');
    label(this.#select, 'title', chosen?.title ?? chosen?.text ?? '');
  }
}

function grouped(choices: readonly Choice[]): HTMLElement[] {
  const made: HTMLElement[] = [];
  for (const { value, title, text, group } of choices) {
    const option = element('option', { value, title }, text);
    const last = made.at(-1);
    if (group === undefined) made.push(option);
    else if (last instanceof HTMLOptGroupElement && last.label === group) last.append(option);
    else made.push(element('optgroup', { label: group }, option));
  }
  return made;
}

/** A chip whose choice is made elsewhere, in the editor's own picker. */
export class ChipButton {
  readonly root: HTMLButtonElement;

  constructor(
    id: string,
    private readonly label: string,
    onClick: () => void,
  ) {
    this.root = button({ id, class: 'chip' }, onClick);
  }

  show(value: string): void {
    replace(
      this.root,
      element('span', { class: 'dim' }, this.label),
      ' ',
      element('span', { class: 'chip-value' }, value),
      icon('chevron-down'),
    );
    label(this.root, 'title', `${value} (click to change)`);
  }
}
