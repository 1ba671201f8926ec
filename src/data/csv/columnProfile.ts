import { notNumeric, parseCell } from './cell.ts';

/** What the first rows tell about one column. */
export interface ColumnProfile {
  /** text: hardly any numbers; blank: no value at all. A column of numbers with a stray word is numeric: the word is refused later. */
  readonly kind: 'numeric' | 'text' | 'blank';
  /** Numeric and whole numbers only. */
  readonly whole: boolean;
  readonly distinct: number;
  /** Rows looked at that have a value. */
  readonly filled: number;
  /** Whole numbers, each one more than the one before. */
  readonly counts: boolean;
}

export function profileColumn(cells: readonly string[], decimalComma: boolean): ColumnProfile {
  const seen = new Set<string>();
  let numeric = 0;
  let text = 0;
  let whole = true;
  let counts = true;
  let before: number | undefined;
  for (const raw of cells) {
    const cell = raw.trim();
    const value = parseCell(cell, decimalComma);
    if (value === notNumeric) {
      text++;
    } else if (Number.isNaN(value)) {
      continue;
    } else {
      numeric++;
      whole &&= Number.isInteger(value);
      counts &&= before === undefined || value === before + 1;
      before = value;
    }
    seen.add(cell);
  }
  const kind = numeric + text === 0 ? 'blank' : text > numeric ? 'text' : 'numeric';
  return {
    kind,
    whole: kind === 'numeric' && text === 0 && whole,
    distinct: seen.size,
    filled: numeric + text,
    counts: kind === 'numeric' && text === 0 && counts && whole,
  };
}
