import { type CalendarPart, LEVELS } from './calendarTime.ts';
import type { Planning } from './planning.ts';
import type { Sample } from './sample.ts';

const [HOUR, SECOND] = [3, 5];
/** Parts of a second. */
const FRACTIONS = [999, 999_999, 999_999_999];
const FEWEST_ROWS = 16;

/**
 * A file without names that begins with hour, minute, second and mostly a part of the second: whole numbers in their ranges
 * that are later from row to row together, over more than one second. They are the time of each row, and no features.
 */
export function leaveUnnamedClock(planning: Planning): void {
  const { sample, options, free } = planning;
  if (sample.named || sample.rows.length < FEWEST_ROWS) return;
  const parts: CalendarPart[] = [HOUR, HOUR + 1, SECOND].map((level, column) => ({ column, level }));
  if (!parts.every(({ column, level }) => free.includes(column) && fits(sample, column, LEVELS[level]!.most)))
    return;
  const seconds = sample.rows.map((_, at) =>
    parts.reduce((sum, { column }) => sum * 60 + sample.number(at, column), 0),
  );
  const fraction = parts.length;
  const most = free.includes(fraction) ? FRACTIONS.find((one) => fits(sample, fraction, one)) : undefined;
  const others = sample.numeric(new Set(most === undefined ? [0, 1, 2] : [0, 1, 2, fraction])).length;
  if (seconds.at(-1) === seconds[0] || others < (options.input?.features ?? 1)) return;
  const fine = seconds.map((second, at) => second + (most ? sample.number(at, fraction) / (most + 1) : 0));
  const isForward = (by: readonly number[]): boolean => by.every((now, at) => at === 0 || now > by[at - 1]!);
  if (isForward(seconds) && seconds.at(-1)! - seconds[0]! === seconds.length - 1) {
    planning.leave(columnsOf(parts), 'hour, minute and second of each row');
  } else if (most !== undefined && isForward(fine)) {
    planning.leave(
      [...columnsOf(parts), fraction],
      'hour, minute, second and part of the second of each row',
    );
  } else return;
  planning.calendar.push(...parts);
}

function columnsOf(parts: readonly CalendarPart[]): number[] {
  return parts.map(({ column }) => column);
}

function fits(sample: Sample, column: number, most: number): boolean {
  const { kind, whole, filled, rows } = sample.profiles[column]!;
  if (kind !== 'numeric' || !whole || filled < rows) return false;
  return sample.rows.every((_, at) => sample.number(at, column) >= 0 && sample.number(at, column) <= most);
}
