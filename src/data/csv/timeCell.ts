import { notNumeric, parseCell } from './cell.ts';

const isoDate = /^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d([.,]\d+)?)?\s?(Z|[+-]\d\d:?\d\d)?)?$/;
const clock = /^(\d{1,3}):(\d\d)(?::(\d\d(?:[.,]\d+)?))?$/;
const zone = /(Z|[+-]\d\d:?\d\d)$/;

/** What the cells of a time column are. */
export type TimeReading = 'number' | 'date' | 'clock' | 'text';

/** What a cell of a time column is, so that those after it are read alike. */
export function readingOf(cell: string, decimalComma: boolean): TimeReading {
  const value = parseCell(cell, decimalComma);
  if (value !== notNumeric) {
    return 'number';
  }
  return isoDate.test(cell) ? 'date' : clock.test(cell) ? 'clock' : 'text';
}

/**
 * A number as it stands; a date in milliseconds since 1970, without a zone as if it were UTC (else an hour of spring would
 * be missing); a clock in seconds. NaN where the cell does not fit the reading; undefined where there is nothing to compare.
 */
export function timeIn(cell: string, reading: TimeReading, decimalComma: boolean): number | undefined {
  if (reading === 'text') {
    return undefined;
  }
  if (reading === 'number') {
    const value = parseCell(cell, decimalComma);
    return value === notNumeric ? Number.NaN : value;
  }
  const plain = cell.replace(',', '.');
  if (reading === 'date') {
    if (!isoDate.test(cell)) return Number.NaN;
    const whole = plain.replace(' ', 'T').replace(' ', '');
    return Date.parse(whole.includes('T') && !zone.test(whole) ? `${whole}Z` : whole);
  }
  const [, hours, minutes, seconds] = clock.exec(plain) ?? [];
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds ?? 0);
}
