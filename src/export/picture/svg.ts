import { Html, type HtmlValue, html } from '../report/html.ts';

/** An SVG template: values are escaped, and what XML cannot hold is replaced, unless made by `svg` itself. */
export function svg(parts: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  return html(parts, ...values.map((value) => (typeof value === 'string' ? printable(value) : value)));
}

export const nothing: Html = new Html('');

/** Control characters, lone surrogates and non-characters are no XML; names out of data files may hold them. */
export function printable(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones to be replaced
  return text.replace(/[\u0000-\u001f\u007f\ud800-\udfff\ufffe\uffff]/gu, '\ufffd');
}

/** A coordinate: two decimals are a hundredth of a pixel. */
export function at(value: number): string {
  return String(Math.round(value * 100) / 100);
}
