import { goesOnFromRowToRow } from '../goesOn.ts';
import { ReadingQuestion } from '../reading/readingQuestion.ts';
import { repeats } from './caseValues.ts';
import { holdsDates } from './dates.ts';
import { goOnAlong } from './fewSteps.ts';
import { askNumberedSensors } from './numberedSensors.ts';
import type { Planning } from './planning.ts';
import type { Sample } from './sample.ts';
import { isTimeOfDay, numberedColumns } from './stepNames.ts';
import { isStepPrefix } from './stepPrefix.ts';

/** Months of a year; fewer parts are features. */
const FEWEST = 12;
const FEWEST_TIMES = 16;
/** Words that nothing but a part of a time is called by. */
const WORDS =
  /^(hours?|hrs?|stunden?|heures?|horas?|minutes?|mins?|minuten?|days?|tage?|jours?|d[ií]as?|weeks?|wochen?|months?|monate?|mois|mes)$/i;
/** Letters and words of which just so many are the parts of a day, a month or a year. */
const LETTERS: readonly (readonly [RegExp, readonly number[]])[] = [
  [/^(h|he|std)$/i, [24, 25]],
  [/^(m|mi)$/i, [60, 1440]],
  [/^(h|hh|p|sp|period|slot|interval)$/i, [48]],
  [/^(q|qh|p|sp|period|slot|interval)$/i, [96, 288]],
  [/^d$/i, [28, 29, 30, 31, 365, 366]],
  [/^(w|wk|kw)$/i, [52, 53]],
];
/** A day of these, under names that any steps may have. */
const STEPS_OF_A_DAY = [24, 48, 96];

/**
 * Whether the columns are the parts of a day, a month or a year, each row a series of them: `00:00` … `23:00`, `hour_0` …,
 * Jan … Dec; `h0` … `h23` where a row has a date of its own, or its numbers go on.
 * @throws ReadingQuestion `parts-of-time` where they may be sensors of these numbers
 */
export function arePartsOfTime(planning: Planning, candidates: readonly number[]): boolean {
  const { sample, options, used } = planning;
  const { input, features, window } = options;
  if (!sample.named || (input && input.features > 1) || window !== undefined || features !== undefined)
    return false;
  const columns = sample.numeric(new Set([...used, ...candidates]));
  const names = columns.map((column) => sample.names[column]!);
  if (names.filter(isTimeOfDay).length >= FEWEST_TIMES) return true;
  const numbered = numberedColumns(sample.names, columns, FEWEST);
  if (!numbered || !isCounted(numbered.numbers)) return false;
  const word = numbered.stem.replaceAll(/[ _.-]+/g, '');
  if (WORDS.test(word)) return true;
  const count = numbered.columns.length;
  const dates = sample.names.findIndex((_, column) => holdsDates(sample, column));
  const isDated = dates >= 0;
  // Days of several: of one series of dates its own rules ask.
  const repeating = isDated && repeats(sample, dates) ? nameOfSeveral(sample, dates) : undefined;
  const isStep = isStepPrefix(numbered.stem) && STEPS_OF_A_DAY.includes(count) && repeating !== undefined;
  const isPart = LETTERS.some(([letters, counts]) => letters.test(word) && counts.includes(count));
  if (input) return isPart && (isDated || input.steps === count);
  if (!isStep && !isPart) return false;
  if (isPart) {
    askNumberedSensors(planning, numbered.columns);
    const number = (row: number, at: number) => sample.number(row, numbered.columns[at]!);
    const goesDown = goesOnFromRowToRow(number, sample.rows.length, count);
    if (isDated || (!goesDown && goOnAlong(sample, numbered.columns))) return true;
  }
  const [from, to] = [numbered.columns[0]!, numbered.columns.at(-1)!].map((column) => sample.names[column]!);
  throw new ReadingQuestion({
    id: 'parts-of-time',
    sentence: `${sample.fileName} has ${count} columns ${from} to ${to}, as the parts of a day or a year are numbered: each row is a series of them, or a step of as many features`,
    ways: [
      {
        label: `each row is a series of ${count} steps`,
        gives: `${sample.rows.length} × ${count} steps`,
        patch: { data: { layout: 'wide' } },
      },
      {
        label: 'each row is a step',
        patch: { data: repeating === undefined ? { layout: 'single' } : { layout: 'long', case: repeating } },
      },
    ],
  });
}

/** One after the other from 0 or 1. */
function isCounted(numbers: readonly number[]): boolean {
  const sorted = numbers.toSorted((a, b) => a - b);
  return (sorted[0] === 0 || sorted[0] === 1) && sorted.every((number, at) => number === sorted[0]! + at);
}

/** The column of words or whole numbers that come again, each for some rows. */
function nameOfSeveral({ profiles, names }: Sample, dates: number): string | undefined {
  const column = profiles.findIndex(
    ({ kind, whole, distinct, runs, filled }, at) =>
      at !== dates && (kind === 'text' || whole) && distinct > 1 && runs * 2 <= filled,
  );
  return names[column];
}
