import { element } from '../element.ts';

type Child = Node | string | null | false;

/** A part of the audit: heading, one line of what it is, its contents. */
export function block(id: string, title: string, what: string, ...children: readonly Child[]): HTMLElement {
  return element(
    'section',
    { class: 'audit-block', id, 'aria-labelledby': `${id}-title` },
    element('h2', { id: `${id}-title` }, title),
    element('p', { class: 'dim' }, what),
    ...children,
  );
}
