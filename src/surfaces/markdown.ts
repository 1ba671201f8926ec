import { visible } from './visible.ts';

/** A name is cut here: a hover is no place for a page of text. */
const longestName = 60;

/** Markdown that is safe as it stands: ours, with names in it that are plain words. */
export class Markdown {
  constructor(readonly text: string) {}
}

/** A template whose strings are plain words, except those made by `markdown` itself. */
export function markdown(
  parts: TemplateStringsArray,
  ...values: readonly (string | number | Markdown)[]
): Markdown {
  return new Markdown(parts.reduce((text, part, i) => text + written(values[i - 1]!) + part));
}

/** Pieces that are safe already; `between` is taken as it stands. */
export function joined(parts: readonly Markdown[], between: string): Markdown {
  return new Markdown(parts.map(({ text }) => text).join(between));
}

function written(value: string | number | Markdown): string {
  return value instanceof Markdown ? value.text : plainWords(String(value));
}

/**
 * Text from a file as plain words in a Markdown table: nothing in it becomes a link, a picture, markup, a cell border
 * or an icon.
 */
export function plainWords(text: string): string {
  return visible(text, { most: longestName })
    .trim()
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/[!-%'-/:=?@[-`{-~]/g, (mark) => `\\${mark}`);
}
