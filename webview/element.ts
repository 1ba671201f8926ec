import { pageText } from '../src/surfaces/pageText.ts';

type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;
type Child = Node | string | number | null | undefined | false;

/**
 * Builds an element. Text goes in as text nodes, so names from files stay inert, and with what is unseen written as
 * escapes. `true` sets an empty attribute;
 * `false` and undefined leave it out. No `style`: the page's content policy blocks it (set element.style instead).
 */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) label(made, name, value === true ? '' : value);
  }
  made.append(...present(children));
  return made;
}

/** What stood in it goes; blanks among the children are left out. */
export function replace(parent: Element, ...children: readonly Child[]): void {
  parent.replaceChildren(...present(children));
}

function present(children: readonly Child[]): (Node | string)[] {
  return children
    .filter((child) => child !== null && child !== undefined && child !== false)
    .map((child) => (child instanceof Node ? child : pageText(String(child))));
}

/** A codicon; decoration only, the words stand beside it or in the button's label. */
export function icon(name: string): HTMLElement {
  return element('i', { class: `codicon codicon-${name}`, 'aria-hidden': 'true' });
}

/** Of type `button`: it submits nothing. */
export function button(
  attributes: Attributes,
  onClick: () => void,
  ...children: readonly Child[]
): HTMLButtonElement {
  const made = element('button', { type: 'button', ...attributes }, ...children);
  made.addEventListener('click', onClick);
  return made;
}

/** Sets the text of an element. */
export function say(place: Element, text: string): void {
  place.textContent = pageText(text);
}

/** Sets an attribute; those that people read are made visible like text. */
export function label(place: Element, name: string, value: string | number): void {
  place.setAttribute(name, read.has(name) ? pageText(String(value)) : String(value));
}

const read = new Set([
  'title',
  'aria-label',
  'aria-description',
  'aria-valuetext',
  'label',
  'placeholder',
  'alt',
]);
