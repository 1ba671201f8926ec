import { element, say } from '../element.ts';

/** What a picture holds at a cell, in a place that is kept free for it, and said to a screen reader where asked for. */
export class FieldReadout<Field extends string> {
  readonly #cells = {} as Record<Field, HTMLElement>;
  readonly #spoken: HTMLElement;
  readonly root: HTMLElement;

  /** @param name begins the ids; `data-<kind>` names a field */
  constructor(
    tag: 'div' | 'footer',
    name: string,
    kind: string,
    private readonly fields: readonly Field[],
  ) {
    this.#spoken = element('div', { class: 'spoken', id: `${name}-spoken`, 'aria-live': 'polite' });
    const list = element('dl', { id: `${name}-readout` });
    for (const field of fields) {
      this.#cells[field] = element('dd', { [`data-${kind}`]: field });
      list.append(element('div', { class: 'field' }, element('dt', {}, field), this.#cells[field]));
    }
    this.root = element(tag, { class: 'readout' }, list, this.#spoken);
    this.tell(null, false);
  }

  /** Null: there is no cell. */
  tell(texts: Readonly<Record<Field, string>> | null, speak: boolean): void {
    for (const field of this.fields) say(this.#cells[field], texts?.[field] ?? '–');
    if (texts && speak) say(this.#spoken, this.fields.map((field) => `${field} ${texts[field]}`).join(', '));
  }
}
