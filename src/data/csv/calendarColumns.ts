import {
  beginsAnew,
  type CalendarLevel,
  type CalendarPart,
  calendarTime,
  DAY_OF_YEAR,
  LEVELS,
  levelOf,
} from './calendarTime.ts';
import { isCaseName, timeName } from './nameWords.ts';
import type { Planning } from './planning.ts';
import type { Sample } from './sample.ts';
import { leaveUnnamedClock } from './unnamedClock.ts';

const [YEAR, MONTH, DAY, HOUR, MINUTE] = [0, 1, 2, 3, 4];
/** Fewer changes may go forward by chance. */
const FEWEST_CHANGES = 3;

/**
 * Year, month, day, hour of each row in columns of their own are its time together, and none of them a feature or an
 * instance: left aside, but for the finest where it is a time by itself. The rows stand in the order of the file then.
 * @param cases columns that are said to name the instances
 */
export function leaveCalendar(planning: Planning, cases: readonly number[]): void {
  const { sample, options, free } = planning;
  if (options.time !== undefined || options.layout === 'wide') return;
  if (!sample.named) {
    leaveUnnamedClock(planning);
    return;
  }
  const parts = partsOf(sample, free);
  const columns = parts.map(({ column }) => column);
  const others = free.filter((column) => !columns.includes(column));
  if (parts.length < 2 || others.some((column) => timeName(sample.names[column]!) === 'sure')) return;
  const numbers = others.filter((column) => sample.profiles[column]!.kind === 'numeric').length;
  if (numbers < (options.input?.features ?? 1) || !goesForward(sample, parts, cases, others)) return;
  const finest = parts.at(-1)!.column;
  const { forward } = sample.profiles[finest]!;
  const left = forward === 1 ? columns.filter((column) => column !== finest) : columns;
  planning.leave(left, 'parts of the date or time of each row');
  if (left.includes(finest)) planning.calendar.push(...parts);
}

/** The columns whose names and values are parts of a date without a gap between them, coarsest first. */
function partsOf(sample: Sample, free: readonly number[]): CalendarPart[] {
  const found = free.flatMap((column) => {
    const level = levelAt(sample, column);
    return level !== undefined && fits(sample, column, levelOf(level)) ? [{ column, level }] : [];
  });
  const levels = found.map(({ level }) => level);
  if (new Set(levels).size < levels.length) return [];
  const ofYear = levels.includes(LEVELS.length);
  if (ofYear && (levels.includes(MONTH) || levels.includes(DAY))) return [];
  // A day of the year stands where month and day do.
  const place = ({ level }: CalendarPart): number => (level === LEVELS.length ? DAY : level);
  const parts = found.toSorted((a, b) => place(a) - place(b));
  const isWhole = parts.every((part, at) => {
    const before = parts[at - 1];
    return (
      before === undefined || place(part) - place(before) === (ofYear && part.level === LEVELS.length ? 2 : 1)
    );
  });
  // Days with their hours, or minutes with their seconds, are as often instances with their steps.
  const says =
    levels.includes(YEAR) ||
    (levels.includes(MONTH) && levels.includes(DAY)) ||
    (levels.includes(HOUR) && levels.includes(MINUTE));
  return isWhole && says ? parts : [];
}

function levelAt({ names }: Sample, column: number): number | undefined {
  const plain = (at: number): string => (names[at] ?? '').toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
  const has = ({ names: all }: CalendarLevel, name: string): boolean => all.split(' ').includes(name);
  const name = plain(column);
  if (name === 'mm' && has(LEVELS[HOUR]!, plain(column - 1))) return MINUTE;
  if (has(DAY_OF_YEAR, name)) return LEVELS.length;
  const level = LEVELS.findIndex((one) => has(one, name) || has(one, name.replace(/s$/, '')));
  return level < 0 ? undefined : level;
}

function fits(sample: Sample, column: number, { least, most }: CalendarLevel): boolean {
  const { kind, whole, filled, rows } = sample.profiles[column]!;
  const isLast = least === 0 && most > 60 && most < 100;
  if (kind !== 'numeric' || filled < rows || !(whole || isLast)) return false;
  return sample.rows.every((_, at) => {
    const value = sample.number(at, column);
    return value >= least && value <= most;
  });
}

/** In the file, or within what names the instances: the columns said to, or one of the others. */
function goesForward(
  sample: Sample,
  parts: readonly CalendarPart[],
  cases: readonly number[],
  others: readonly number[],
): boolean {
  const names = others.filter((column) => {
    const { kind, whole, distinct, filled } = sample.profiles[column]!;
    return distinct < filled && (kind === 'text' || (whole && isCaseName(sample.names[column]!)));
  });
  return [cases, ...names.map((column) => [column])].some((by) => {
    const before = new Map<string, number>();
    let changes = 0;
    const forward = sample.rows.every((row, at) => {
      const key = by.map((column) => (row[column] ?? '').trim()).join('\n');
      const now = calendarTime(parts, (column) => sample.number(at, column));
      const known = before.get(key);
      before.set(key, now);
      if (known !== undefined && now !== known) changes++;
      return known === undefined || now >= known || beginsAnew(parts, known, now);
    });
    return forward && changes >= FEWEST_CHANGES * before.size;
  });
}
