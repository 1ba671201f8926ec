import type { DataOptions } from '../dataOptions.ts';
import { ReadingQuestion } from '../reading/readingQuestion.ts';
import { areCalendarWords } from './calendarWords.ts';
import type { Layout } from './layout.ts';
import { namesValue, namesVariable } from './meltedByName.ts';
import { pivotLine } from './pandasLine.ts';
import type { Planning } from './planning.ts';
import type { Sample } from './sample.ts';
import { shareBetween } from './shareBetween.ts';

const MOST_FEATURES = 60;
/** Share of the variance. */
const LIE_APART = 0.6;
/** Of a column that numbers the features, as sktime's long form has it. */
const FEATURE_NUMBER = /^(dim(ension)?|channel|feature|variable|axis)(_?(id|no|nr|index))?$/i;

/**
 * One row per feature and step: a column of words names the feature, one column of numbers holds its value, and each
 * time comes as often as there are features.
 * @throws Refusal `melted`
 */
export function refuseMelted(
  { sample, options, free }: Planning,
  { case: cases }: Layout,
  time: number | null,
  values: readonly number[],
): void {
  if (values.length !== 1) return;
  const words = free.filter((column) => {
    const { kind, distinct, filled } = sample.profiles[column]!;
    return kind === 'text' && distinct > 1 && distinct <= MOST_FEATURES && distinct * 2 <= filled;
  });
  const numbered = cases.find((column) => {
    const { whole, distinct } = sample.profiles[column]!;
    return whole && distinct === options.input?.features && FEATURE_NUMBER.test(sample.names[column]!.trim());
  });
  const variable =
    words.find((column) => isMelted(sample.rows, [...cases, ...(time === null ? [] : [time])], column)) ??
    numbered;
  if (variable === undefined) {
    askBlocks(sample, options, { cases, time, value: values[0]! });
    askEvents(sample, options, { words, time, value: values[0]! });
    return;
  }
  const name = (column: number): string => `"${sample.names[column]}"`;
  const others = sample.names.map((_, column) => column).filter((column) => column !== values[0]);
  const keyed = variable === numbered ? others : [...cases, ...(time === null ? [] : [time])];
  const keys = keyed.filter((column) => column !== variable);
  const change = pivotLine(sample, { keys, variable, value: values[0]!, once: true });
  const kinds = sample.profiles[variable]!.distinct;
  throw sample.refusal(
    'melted',
    `${sample.fileName} has a row for each feature and step: column ${name(variable)} names ${kinds} features, column ${name(values[0]!)} holds their values; write a column for each feature${change}.`,
    variable,
  );
}

/**
 * The rows of one sensor under those of another, at the same times, read for no model: each is a feature, or an instance.
 * @throws ReadingQuestion `melted`
 */
function askBlocks(
  sample: Sample,
  options: DataOptions,
  {
    cases,
    time,
    value,
  }: { readonly cases: readonly number[]; readonly time: number | null; readonly value: number },
): void {
  const { names, profiles, rows } = sample;
  const [column] = cases;
  if (column === undefined || cases.length > 1 || time === null || !sample.named) return;
  if (options.input !== undefined || options.case !== undefined) return;
  if (!namesVariable(names[column]!) || !namesValue(names[value]!)) return;
  const { distinct, kind } = profiles[column]!;
  const times = new Set(rows.map((row) => row[time]?.trim())).size;
  if (kind !== 'text' || distinct < 2 || distinct > MOST_FEATURES || times * distinct !== rows.length) return;
  const change = pivotLine(sample, { keys: [time], variable: column, value, once: true });
  throw new ReadingQuestion({
    id: 'melted',
    sentence: `${sample.fileName}: column "${names[column]}" has ${distinct} words, each with the same times, and all values stand in column "${names[value]}": they are features, to be written in a column each${change}, or instances of one feature`,
    ways: [
      {
        label: `each ${names[column]} is an instance of one feature`,
        gives: `${distinct} instances`,
        patch: { data: { case: names[column]! } },
      },
    ],
  });
}

/**
 * Words that come again and again and change nearly from row to row, of sensors by the names of the columns or of numbers
 * that lie apart: each sensor may have times of its own.
 * @throws ReadingQuestion `melted`
 */
function askEvents(
  sample: Sample,
  { features, label, input }: DataOptions,
  {
    words,
    time,
    value,
  }: { readonly words: readonly number[]; readonly time: number | null; readonly value: number },
): void {
  const { names, profiles } = sample;
  if (features !== undefined || label !== undefined) return;
  const variable = words.find((column) => {
    const { runs, filled } = profiles[column]!;
    const isCalledSo = sample.named && namesVariable(names[column]!) && namesValue(names[value]!);
    const lieApart = () => shareBetween(sample, column, value) >= LIE_APART;
    return runs * 2 > filled && (isCalledSo || (!areCalendarWords(sample, column) && lieApart()));
  });
  if (variable === undefined) return;
  const keys = time === null ? [] : [time];
  const change = pivotLine(sample, { keys, variable, value, once: false });
  throw new ReadingQuestion({
    id: 'melted',
    sentence: `${sample.fileName}: column "${names[variable]}" has ${profiles[variable]!.distinct} words that change nearly from row to row, as where each row is what one of several sensors measured, with all values in column "${names[value]}"; features are written in a column each${change}`,
    ways:
      (input?.features ?? 1) > 1
        ? []
        : [
            {
              label: `the rows are the steps of one feature, ${names[value]}`,
              patch: { data: { features: [names[value]!] } },
            },
          ],
  });
}

/** Every key has each word once; without keys the words go round and round. */
function isMelted(rows: readonly (readonly string[])[], keys: readonly number[], variable: number): boolean {
  const words = new Set(rows.map((row) => row[variable]));
  if (keys.length === 0) return false;
  const seen = new Map<string, Set<string>>();
  for (const row of rows) {
    const key = JSON.stringify(keys.map((column) => row[column]));
    const one = seen.get(key) ?? new Set();
    if (one.has(row[variable]!)) return false;
    seen.set(key, one.add(row[variable]!));
  }
  // The last key may be cut by the end of the rows looked at.
  const whole = [...seen.values()].filter(({ size }) => size === words.size).length;
  return seen.size > 1 && whole >= seen.size - 1;
}
