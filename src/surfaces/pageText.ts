import { visible } from './visible.ts';

/** Text of the panel's page, which goes in as text nodes; the code snippets have lines of their own. */
export function pageText(text: string): string {
  return visible(text, { most: 4000, lines: true });
}

/** Text drawn on a canvas. */
export function canvasText(text: string): string {
  return visible(text, { most: 200 });
}
