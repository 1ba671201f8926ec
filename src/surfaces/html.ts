import { visible } from './visible.ts';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Longer than any sentence or snippet of ours. */
const most = 20_000;

/** Text that may stand in HTML and in attributes: names come from data files and are hostile until escaped. */
function escapeHtml(text: string): string {
  return visible(text, { most, lines: true }).replace(/[&<>"']/g, (char) => ENTITIES[char]!);
}

/** A template whose values are escaped, except those made by `html` itself (and lists of them). */
export function html(parts: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  return new Html(parts.reduce((text, part, i) => text + written(values[i - 1]) + part));
}

/** What may stand in a template: text is escaped, Html is not. */
export type HtmlValue = string | number | Html | readonly Html[] | undefined;

/** HTML or SVG that is safe as it stands. */
export class Html {
  constructor(readonly text: string) {}
}

/** Coordinates and data of our own making, which may be long. */
export function drawn(text: string): Html {
  return new Html(text);
}

function written(value: HtmlValue): string {
  if (value === undefined) return '';
  if (value instanceof Html) return value.text;
  if (Array.isArray(value)) return value.map((one: Html) => one.text).join('');
  return escapeHtml(String(value));
}
