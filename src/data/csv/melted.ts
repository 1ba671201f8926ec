import type { Layout } from './layout.ts';
import { pivotLine } from './pandasLine.ts';
import type { Planning } from './planning.ts';

const MOST_FEATURES = 60;
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
  if (variable === undefined) return;
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
