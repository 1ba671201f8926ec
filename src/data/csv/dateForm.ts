/** Which of day and month stands first where both are numbers. */
export type DateOrder = 'dmy' | 'mdy';

/** 31.12.2023, 12/31/23, 2023/12/31, and a time of day behind it. */
const NUMBERS = /^(\d{1,4})([./-])(\d{1,2})\2(\d{4}|\d{1,2})(?:(?:,? {1,3}|T)(.+))?$/;
/** 5 Jan 2023, 05-Jan-23, 5. Januar 2023, Thu 5 Jan 2023 */
const DAY_FIRST =
  /^(?:\p{L}{2,12}[,.]{0,2} )?(\d{1,2})(?:\. ?|[ -])(\p{L}{3,10})\.?[, -] ?(\d{4}|\d\d)(?:,? {1,3}(.+))?$/u;
/** Jan 5, 2023, January 5 2023, Thu Jan 5 2023 */
const MONTH_FIRST = /^(?:\p{L}{2,12}[,.]{0,2} )?(\p{L}{3,10})\.? (\d{1,2}),? (\d{4})(?:,? {1,3}(.+))?$/u;
/** Sat Nov 25 22:00:00 2023, Sat Nov 25 22:00:00 UTC 2023: as C and Unix write it. */
const YEAR_LAST =
  /^(?:\p{L}{2,12}[,.]{0,2} )?(\p{L}{3,10})\.? {1,2}(\d{1,2}) (\d{1,2}:\d\d(?::\d\d)?)(?: (Z|UTC|GMT|[+-]\d\d:?\d\d))? (\d{4})$/u;
/** 20231125 220000, 20231125T2200, 20231125_220000 */
const DIGITS = /^(\d{4})(\d\d)(\d\d)[ T_-](\d\d)(\d\d)(\d\d)?([.,]\d{1,9})?$/;
/** 22:00:00 25.11.2023 */
const TIME_FIRST = /^(\d{1,2}:\d\d(?::\d\d(?:[.,]\d{1,9})?)?(?: ?[ap]\.?m\.?)?),? {1,3}(\S.*)$/i;
/** Also 22.00.00, 22-00-00 and 22h00. */
const TIME =
  /^(\d{1,2})([:.h-])(\d\d)(?:\2(\d\d)(?:[.,](\d{1,9}))?)?(?: ?([ap])\.?m\.?)?(?: ?(Z|UTC|GMT|[+-]\d\d:?\d\d))?$/i;
/** By their first three letters, in English, German, French, Spanish and Italian. */
const MONTHS =
  'jan ene gen|feb fév fev|mar mär mrz|apr avr abr|may mai mag|jun giu|jul lug|aug aoû ago|sep set|oct okt ott|nov|dec dez déc dic'
    .split('|')
    .map((words) => words.split(' '));

const MINUTE = 60_000;
const [DAY_HOURS, HALF] = [24, 12];

/**
 * A date that is not written as ISO 8601 has it, in milliseconds since 1970, without a zone as if it were UTC; NaN of what is
 * none. Years of two digits are those of 1970 to 2069.
 */
export function dateIn(cell: string, order: DateOrder): number {
  const numbers = NUMBERS.exec(cell);
  if (numbers) {
    const [, first, sign, second, third, time] = numbers;
    if (first!.length === 4) return third!.length > 2 ? Number.NaN : at(first!, second!, third!, time);
    // 1.2.3 may be a version, 1-2-3 a part; a year of two digits stands behind a point or a stroke.
    if (first!.length > 2 || third!.length === 1 || third!.length === 3) return Number.NaN;
    if (third!.length === 2 && sign === '-') return Number.NaN;
    return order === 'dmy' || sign === '.'
      ? at(third!, second!, first!, time)
      : at(third!, first!, second!, time);
  }
  const day = DAY_FIRST.exec(cell);
  if (day) return at(day[3]!, monthOf(day[2]!), day[1]!, day[4]);
  const month = MONTH_FIRST.exec(cell);
  if (month) return at(month[3]!, monthOf(month[1]!), month[2]!, month[4]);
  const last = YEAR_LAST.exec(cell);
  if (last) return at(last[5]!, monthOf(last[1]!), last[2]!, `${last[3]!} ${last[4] ?? ''}`);
  const digits = DIGITS.exec(cell);
  if (digits) {
    const [, year, number, date, hours, minutes, seconds = '00', fraction = ''] = digits;
    return at(year!, number!, date!, `${hours}:${minutes}:${seconds}${fraction}`);
  }
  const [, time, date] = TIME_FIRST.exec(cell) ?? [];
  // Of two times none is a date.
  return date === undefined || TIME_FIRST.test(`${date} `) || TIME.test(date)
    ? Number.NaN
    : dateIn(`${date.trim()} ${time}`, order);
}

/** How a column's dates are to be read; not sure where no day over twelve and no step back tells. */
export interface Dates {
  readonly order: DateOrder;
  readonly isSure: boolean;
}

/** Of cells that are no dates, totals and remarks among them. */
const MOST_STRAY = 0.1;

/**
 * How dates that are not written as ISO 8601 has it are to be read: as the days over twelve say, else so that they go back
 * least often, else so that they lie nearest to each other.
 * @returns undefined where they are none
 */
export function datesOf(cells: readonly string[]): Dates | undefined {
  const filled = cells.filter((cell) => cell !== '');
  const found = (['dmy', 'mdy'] as const).flatMap((order) => {
    const times = filled.map((cell) => dateIn(cell, order)).filter((time) => !Number.isNaN(time));
    const stray = filled.length - times.length;
    return times.length === 0 || stray > MOST_STRAY * filled.length
      ? []
      : [{ order, stray, ...courseOf(times) }];
  });
  const [best, other] = found.toSorted((a, b) => a.stray - b.stray || a.back - b.back || a.apart - b.apart);
  if (!best) return undefined;
  const isTold = !other || best.stray !== other.stray || best.back !== other.back;
  return { order: best.order, isSure: isTold || best.apart === other.apart };
}

function courseOf(times: readonly number[]): { back: number; apart: number } {
  let [back, apart] = [0, 0];
  for (let row = 1; row < times.length; row++) {
    const step = times[row]! - times[row - 1]!;
    if (step < 0) back++;
    apart += Math.abs(step);
  }
  return { back, apart };
}

function at(year: string, month: string | number, day: string, time: string | undefined): number {
  const short = Number(year);
  const full = year.length > 2 ? short : short + (short < 70 ? 2000 : 1900);
  const date = new Date(0);
  date.setUTCFullYear(full, Number(month) - 1, Number(day));
  const isReal = date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
  return isReal ? date.getTime() + (time === undefined ? 0 : timeOfDay(time)) : Number.NaN;
}

/** Milliseconds since midnight in UTC, NaN of what is none: 14:05:30,25, 2:05 PM, 14:05+02:00. */
export function timeOfDay(text: string): number {
  const found = TIME.exec(text.trim());
  if (!found) return Number.NaN;
  const [, hours, , minutes, seconds = '0', fraction = '0', half, zone] = found;
  const hour = half === undefined ? Number(hours) : (Number(hours) % HALF) + (/p/i.test(half) ? HALF : 0);
  if (hour > DAY_HOURS || (half !== undefined && Number(hours) > HALF) || Number(minutes) > 59)
    return Number.NaN;
  return (hour * 60 + Number(minutes)) * MINUTE + Number(`${seconds}.${fraction}`) * 1000 - offsetOf(zone);
}

function offsetOf(zone: string | undefined): number {
  const found = /^([+-])(\d\d):?(\d\d)$/.exec(zone ?? '');
  if (!found) return 0;
  const minutes = Number(found[2]) * 60 + Number(found[3]);
  return (found[1] === '-' ? -1 : 1) * minutes * MINUTE;
}

function monthOf(word: string): number {
  const start = word.toLowerCase().slice(0, 3);
  return MONTHS.findIndex((names) => names.includes(start)) + 1;
}
