import type { Sample } from './sample.ts';

/** The beginnings of the days of the week, in the languages of dateForm.ts. */
const DAYS =
  'mo tu we th fr sa su di mi do so lu ma me je ve mi jue vie sá gi sab dom seg ter qua qui sex wo za zo';
const MONTHS =
  'jan fe fé mar mä ap av abr may mai maj mag mei jun jul ju aug ag ao aoû sep set oct ok out nov dec dez déc dic gen ene giu lug';
const OTHERS = 'spring summer autumn fall winter weekday weekend yes no true false am pm day night';
const BEGINNINGS = [...DAYS.split(' '), ...MONTHS.split(' ')];
/** Days, months, seasons. */
const MOST_WORDS = 12;
const LONGEST_WORD = 12;

/** Words that the date says, or that hold or do not: days of the week, months, seasons, yes and no. They name no sensors. */
export function areCalendarWords({ rows }: Sample, column: number): boolean {
  const words = new Set(rows.map((row) => (row[column] ?? '').trim().toLowerCase()));
  if (words.size > MOST_WORDS) return false;
  const all = [...words];
  const areOthers = all.every((word) => OTHERS.split(' ').includes(word));
  const areNames = all.every(
    (word) => word.length <= LONGEST_WORD && BEGINNINGS.some((begin) => word.startsWith(begin)),
  );
  return areOthers || (areNames && words.size >= 5);
}
