import { notNumeric, parseCell } from './cell.ts';
import { type DateOrder, type Dates, dateIn, timeOfDay } from './dateForm.ts';

const isoDate = /^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d([.,]\d+)?)?\s?(Z|[+-]\d\d:?\d\d)?)?$/;
const clock = /^(\d{1,3}):(\d\d)(?::(\d\d(?:[.,]\d+)?))?$/;
/** Of twelve hours. */
const half = /[ap]\.?m\.?$/i;
const zone = /(Z|[+-]\d\d:?\d\d)$/;

/** What the cells of a time column are; date: as ISO 8601 writes it, otherwise by which of day and month stands first. */
export type TimeReading = 'number' | 'date' | DateOrder | 'clock' | 'text';

/** What a cell of a time column is, so that those after it are read alike. @param dates how the column writes dates otherwise */
export function readingOf(cell: string, decimalComma: boolean, dates?: Dates): TimeReading {
  if (dates) return dates.order;
  const value = parseCell(cell, decimalComma);
  if (value !== notNumeric) {
    return 'number';
  }
  return isoDate.test(cell) ? 'date' : isClock(cell) ? 'clock' : 'text';
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
  if (reading === 'dmy' || reading === 'mdy') return dateIn(cell, reading);
  const plain = cell.replace(',', '.');
  if (reading === 'date') {
    if (!isoDate.test(cell)) return Number.NaN;
    const whole = plain.replace(' ', 'T').replace(' ', '');
    return Date.parse(whole.includes('T') && !zone.test(whole) ? `${whole}Z` : whole);
  }
  if (half.test(cell)) return timeOfDay(cell) / 1000;
  const [, hours, minutes, seconds] = clock.exec(plain) ?? [];
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds ?? 0);
}

/** What a reading is called where it does not matter how dates are written. */
export function kindOfTime(reading: TimeReading): Exclude<TimeReading, DateOrder> {
  return reading === 'dmy' || reading === 'mdy' ? 'date' : reading;
}

function isClock(cell: string): boolean {
  return clock.test(cell) || (half.test(cell) && !Number.isNaN(timeOfDay(cell)));
}
