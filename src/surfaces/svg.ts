import { Html, type HtmlValue, html } from './html.ts';
import { visible } from './visible.ts';

/** An SVG template: values are escaped, and what XML cannot hold is written as an escape, unless made by `svg` itself. */
export function svg(parts: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  return html(parts, ...values.map((value) => (typeof value === 'string' ? svgText(value) : value)));
}

/** No markup at all. */
export const nothing: Html = new Html('');

/** Control characters, lone surrogates and non-characters are no XML; names out of data files may hold them. */
export function svgText(text: string): string {
  return visible(text, { most: 2000 });
}

/** A coordinate: two decimals are a hundredth of a pixel. */
export function at(value: number): string {
  return String(Math.round(value * 100) / 100);
}
