import { ReadingQuestion } from '../reading/readingQuestion.ts';
import { isCaseName, timeName } from './nameWords.ts';
import { pivotLine } from './pandasLine.ts';
import type { Planning } from './planning.ts';
import type { Sample } from './sample.ts';
import { isCounter } from './timeColumn.ts';

/** What names features wherever it stands, and what may as well name instances that have one feature. */
const VARIABLE =
  /^_?(field|kind|item|param(eter)?|variable|var|feature|dim(ension)?|column|attribute|concept|measure)([ _]?(id|no|nr|code|name))?$/i;
/** What R, pandas and databases of times call them: no model is needed to know. */
const MELTED = /^(variable|_field|var_?name|param(eter)?([ _]?(name|code))?)$/i;
const DEVICE = /^(sensor|channel|signal|measurement|axis)([ _]?(id|no|nr|code|name))?$/i;
/** What may name anything. */
const NAME = /^name$/i;
const VALUE =
  /^(_?value|amplitude|y|var_?value|val|valuenum|value_?num(ber|eric)?|value_as_number|reading|result)$/i;

/**
 * A table of events, as clinical data sets have it: one column names what was measured, one holds the number; a time has
 * as many rows as things were measured then.
 * @throws Refusal `melted`; ReadingQuestion `melted` where the model takes one feature, or none is named
 */
export function refuseEvents({ sample, options }: Planning): void {
  const { names } = sample;
  if (!sample.named || options.features !== undefined || options.window !== undefined) return;
  const value = names.findIndex((name, column) => VALUE.test(name.trim()) && isNumeric(sample, column));
  const named = (words: RegExp) => names.findIndex((name) => words.test(name.trim()));
  const isMelted = options.input === undefined && named(MELTED) >= 0;
  const isSeveral = isMelted || (options.input?.features ?? 1) > 1;
  const variable = [VARIABLE, DEVICE, NAME].map(named).find((column) => column >= 0) ?? -1;
  if (value < 0 || variable < 0 || value === variable || isCase(options.case, names[variable]!)) return;
  const keys = names.flatMap((_, column) =>
    column === value ||
    column === variable ||
    isAside(sample, column, variable) ||
    (namesValue(names[column]!) && isNumeric(sample, column))
      ? []
      : [column],
  );
  const found = sharedKeys(sample, keys, variable);
  // Of one feature, `item_id` names the series, unless something else does.
  const cases = keys.filter(
    (column) =>
      isCaseName(names[column]!) && (timeName(names[column]!) === null || staysInRuns(sample, column)),
  );
  const parts = cases.length > 0 ? cases : keys.filter((column) => staysInRuns(sample, column));
  if (!found || (!isSeveral && parts.length === 0 && !MELTED.test(names[variable]!.trim()))) return;
  const quoted = (column: number): string => `"${names[column]}"`;
  const change = pivotLine(sample, { keys, variable, value, once: found === 'once' });
  if (!isSeveral && (cases.length === 0 || DEVICE.test(names[variable]!.trim()))) {
    if (options.case !== undefined || options.layout !== undefined) return;
    const series = [...parts, variable].map((column) => names[column]!);
    throw new ReadingQuestion({
      id: 'melted',
      sentence: `${sample.fileName} has rows of one time that differ in column ${quoted(variable)}: they may be ${sample.profiles[variable]!.distinct} features of one instance, which are written in a column each${change}, or instances of one feature`,
      ways: [
        {
          label: `each ${names[variable]} is an instance of its own`,
          patch: { data: { case: series.length === 1 ? series[0]! : series } },
        },
      ],
    });
  }
  throw sample.refusal(
    'melted',
    `${sample.fileName} has a row for each feature and step: column ${quoted(variable)} names ${sample.profiles[variable]!.distinct} features, column ${quoted(value)} holds their values; write a column for each feature${change}.`,
    variable,
  );
}

/** Whether a column is called as what names features is. */
export function namesVariable(name: string): boolean {
  return [VARIABLE, DEVICE].some((words) => words.test(name.trim()));
}

/** Whether a column is called as what holds their values is. */
export function namesValue(name: string): boolean {
  return VALUE.test(name.trim());
}

function isNumeric({ profiles }: Sample, column: number): boolean {
  return profiles[column]!.kind === 'numeric';
}

function isCase(given: string | readonly string[] | null | undefined, name: string): boolean {
  return typeof given === 'string' ? given === name : (given?.includes(name) ?? false);
}

/** Words or whole numbers, each for some rows: what names recordings. */
function staysInRuns({ profiles }: Sample, column: number): boolean {
  const { kind, whole, distinct, runs, rows } = profiles[column]!;
  return (kind === 'text' || whole) && distinct > 1 && runs * 3 <= rows;
}

/** A row number, or a unit that follows from what was measured. */
function isAside(sample: Sample, column: number, variable: number): boolean {
  const { distinct, filled } = sample.profiles[column]!;
  if (distinct < 2) return true;
  if (distinct === filled && isCounter(sample, column)) return true;
  const pairs = new Set(sample.rows.map((row) => JSON.stringify([row[variable], row[column]])));
  return pairs.size === sample.profiles[variable]!.distinct;
}

/** Rows of one time differ in what was measured, and hardly any of them is there twice. */
function sharedKeys(
  { rows, profiles }: Sample,
  keys: readonly number[],
  variable: number,
): 'once' | 'mostly' | undefined {
  if (keys.length === 0 || profiles[variable]!.distinct < 2) return undefined;
  const keyOf = (row: readonly string[]) => JSON.stringify(keys.map((column) => row[column]?.trim()));
  const whole = new Set(rows.map((row) => `${keyOf(row)} ${row[variable]?.trim()}`));
  const times = new Set(rows.map(keyOf));
  if (whole.size < 0.9 * rows.length || times.size === whole.size) return undefined;
  return whole.size === rows.length ? 'once' : 'mostly';
}
