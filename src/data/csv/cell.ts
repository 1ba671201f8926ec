/** A cell that is neither a number nor a word for a missing value. */
export const notNumeric = Symbol('not numeric');

const missingWords = new Set([
  '',
  'nan',
  'na',
  'n/a',
  '#n/a',
  'null',
  'none',
  'nil',
  '?',
  '-',
  '<na>',
  'nat',
  '-nan',
  '.',
  '--',
  '1.#qnan',
  '-1.#ind',
  '1.#ind',
  '#div/0!',
  '#value!',
  '#num!',
  'inf',
  '+inf',
  '-inf',
  'infinity',
  '+infinity',
  '-infinity',
]);

/** `1.234.567,8`: where the comma is the decimal sign, points before three digits part thousands. */
export const withThousands = /^[+-]?[1-9]\d{0,2}(\.\d{3})+(,\d*)?$/;

/** `1'234.5`, `1 234.5` with a narrow blank, `1,234.5`, `1,234,567`: what stands between parts thousands, whatever else does. */
const parted = /^[+-]?\d{1,3}((['’\u00a0\u2009\u202f])\d{3}(\2\d{3})*(\.\d*)?|(,\d{3})+\.\d*|(,\d{3}){2,})$/;

/** Whether the thousands of a number are parted by what can be nothing else. */
export function hasPartedThousands(cell: string, decimalComma: boolean): boolean {
  return parted.test(decimalComma ? cell.replace(',', '.') : cell);
}

/** Whether a cell is a word for a value that is not there, or blank. */
export function isMissing(cell: string | undefined): boolean {
  const word = cell?.trim().toLowerCase() ?? '';
  return missingWords.has(word) && !word.includes('inf');
}

/** The cell's number; NaN where it is blank, NaN, infinite or one of the usual words for a missing value. */
export function parseCell(cell: string, decimalComma: boolean): number | typeof notNumeric {
  const value = +cell;
  // The quick way for nearly every cell; `+` reads blanks as 0 and knows 0x1F, which the slow way sorts out.
  if (value - value === 0 && (value !== 0 || cell.trim() !== '') && !hasRadixPrefix(cell) && !decimalComma) {
    return value;
  }
  return parseUnusual(cell.trim(), decimalComma);
}

function parseUnusual(cell: string, decimalComma: boolean): number | typeof notNumeric {
  if (missingWords.has(cell.toLowerCase())) {
    return Number.NaN;
  }
  if (decimalComma && cell.includes('.') && !withThousands.test(cell)) {
    return notNumeric;
  }
  const text = withoutParts(decimalComma ? cell.replaceAll('.', '').replace(',', '.') : cell);
  if (!/^[+-]?(\d+(\.\d*)?|\.\d+)([eEdD][+-]?\d+)?$/.test(text)) {
    return notNumeric;
  }
  const value = Number(text.replace(/d/i, 'e'));
  return Number.isFinite(value) ? value : Number.NaN;
}

function withoutParts(text: string): string {
  return parted.test(text) ? text.replace(/['’,\u00a0\u2009\u202f]/g, '') : text;
}

function hasRadixPrefix(cell: string): boolean {
  // Two comparisons spare nearly every cell the pattern.
  const second = cell.charCodeAt(1);
  return (second > 65 || cell.charCodeAt(0) <= 32) && /^\s*0[xXbBoO]/.test(cell);
}

/** The cell's number, NaN for whatever is none. */
export function numberOrNaN(cell: string, decimalComma: boolean): number {
  const value = parseCell(cell, decimalComma);
  return value === notNumeric ? Number.NaN : value;
}
