import { button, element, icon, replace } from '../element.ts';

export interface Choice {
  readonly value: string;
  /** In the open list. */
  readonly text: string;
  /** On the chip, where that is less than the text. */
  readonly short?: string;
  readonly title?: string;
}

/** A labelled native list. Closed it shows the choice in short; the list itself lies unseen on top and says more. */
export class ChipSelect {
  readonly #select: HTMLSelectElement;
  readonly #shown = element('span', { class: 'chip-value', 'aria-hidden': 'true' });
  readonly root: HTMLElement;
  #choices: readonly Choice[] = [];

  constructor(id: string, label: string, changed: (value: string) => void) {
    this.#select = element('select', { id, 'aria-label': label });
    this.#select.addEventListener('change', () => {
      this.#showChosen();
      changed(this.#select.value);
    });
    const words = element('span', { class: 'dim', 'aria-hidden': 'true' }, label);
    this.root = element('div', { class: 'chip' }, words, this.#shown, icon('chevron-down'), this.#select);
  }

  get value(): string {
    return this.#select.value;
  }

  fill(choices: readonly Choice[], value: string): void {
    // An open list is not rebuilt under the person's hand when nothing in it has changed.
    if (JSON.stringify(choices) !== JSON.stringify(this.#choices)) {
      replace(
        this.#select,
        ...choices.map((choice) =>
          element('option', { value: choice.value, title: choice.title }, choice.text),
        ),
      );
      this.#choices = choices;
    }
    this.#select.value = value;
    this.#showChosen();
  }

  #showChosen(): void {
    const chosen = this.#choices[this.#select.selectedIndex];
    this.#shown.textContent = chosen?.short ?? chosen?.text ?? '';
    this.#select.title = chosen?.title ?? chosen?.text ?? '';
  }
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
      element('span', { class: 'chip-value' }, value),
      icon('chevron-down'),
    );
    this.root.setAttribute('aria-label', `${this.label}: ${value}. Change…`);
    this.root.title = `${value} (click to change)`;
  }
}
