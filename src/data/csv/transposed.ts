import { count } from '../../format.ts';
import type { ExpectedInput } from '../dataOptions.ts';
import type { Alternative } from '../reading/readingPlan.ts';
import { ReadingQuestion } from '../reading/readingQuestion.ts';
import { type FeatureRowColumns, featureRowColumns } from './featureRowColumns.ts';
import { isRowNumberName, timeName } from './nameWords.ts';
import type { Planning } from './planning.ts';
import type { Sample } from './sample.ts';

const fewestSteps = 8;
/** Where nobody says how many. */
const FEWEST_SAID = 16;
const FEATURES = /^(sensor|channel|feature|variable|signal|lead|axis|dim(ension)?)s?$/i;

/**
 * Whether each row is a feature and the columns are the steps: as many rows as the model has features, far more
 * columns than that, as many as it takes steps where that is fixed.
 * @throws ReadingQuestion `transposed` where the rows may as well be flattened windows
 */
export function isTransposed(planning: Planning, cases: readonly number[]): boolean {
  const { sample, options, used } = planning;
  const { input } = options;
  if (options.features !== undefined || (input && input.features < 2)) return false;
  if (!input) return saysFeatures(sample) && stepsOf(sample, used).length >= FEWEST_SAID;
  const rows = blockRows(sample, input.features, new Set([...used, ...cases]));
  if (rows !== input.features) return false;
  const steps = stepsOf(sample, new Set([...used, ...cases, ...asideOf(featureRowColumns(planning, cases))]));
  askSquare(sample, input, steps.length);
  if (steps.length < Math.max(fewestSteps, 2 * rows) || timesDown(sample)) return false;
  // Of flattened windows an id and a label may stand among the numbers.
  if (steps.length === input.steps || steps.length % input.features > 2 || saysFeatures(sample)) return true;
  throw new ReadingQuestion({
    id: 'transposed',
    sentence: `${sample.fileName} has ${sample.rows.length} rows of ${steps.length} numbers and the model takes ${input.features} features: each row looks like a feature, or like a window whose features stand behind each other`,
    ways: [
      {
        label: 'a row is a feature',
        gives: count(sample.rows.length / rows, 'instance'),
        patch: { data: { layout: 'transposed' } },
      },
      ...(steps.length % input.features === 0 ? flattened(sample) : []),
    ],
  });
}

/** `sensor` or `channel` in the corner, and another word in each row below: the rows are features, whatever the model. */
function saysFeatures({ named, names, rows, profiles }: Sample): boolean {
  const [first, ...others] = profiles;
  return (
    named &&
    FEATURES.test(names[0]!) &&
    first!.kind === 'text' &&
    first!.distinct === rows.length &&
    rows.length > 1 &&
    rows.length * 2 <= others.length &&
    others.every(({ kind }) => kind === 'numeric')
  );
}

/** As many rows as columns, and nothing has a name: a row is a step, or a feature. @throws ReadingQuestion `transposed` */
function askSquare(
  { fileName, rows, named, names, profiles }: Sample,
  input: ExpectedInput,
  steps: number,
): void {
  const isSquare = rows.length === steps && names.length === steps && input.features === steps;
  if (!isSquare || named || (input.steps !== null && input.steps !== steps)) return;
  if (profiles.some(({ kind }) => kind !== 'numeric')) return;
  throw new ReadingQuestion({
    id: 'transposed',
    sentence: `${fileName} has ${steps} rows of ${steps} numbers without names and the model takes ${steps} features: a row is a step, or a feature`,
    ways: [
      { label: 'a row is a step', patch: { data: { layout: 'single' } } },
      { label: 'a row is a feature', patch: { data: { layout: 'transposed' } } },
    ],
  });
}

function flattened({ rows }: Sample): Alternative[] {
  const gives = count(rows.length, 'instance');
  return [
    {
      label: 'a row is a window, all steps of one feature together',
      gives,
      patch: { data: { layout: 'flatFT' } },
    },
    {
      label: 'a row is a window, all features of one step together',
      gives,
      patch: { data: { layout: 'flatTF' } },
    },
  ];
}

/** Rows of one instance: all, or as many as there are names of features that come again and again in the same order. */
function blockRows({ rows, profiles }: Sample, features: number, used: ReadonlySet<number>): number {
  const cyclic = profiles.some(
    ({ kind, distinct }, column) =>
      kind === 'text' &&
      !used.has(column) &&
      distinct === features &&
      rows.length > features &&
      rows.every((row, at) => row[column] === rows[at % features]![column]),
  );
  return cyclic ? features : rows.length;
}

/** The columns that are steps: numbers, but no numbers of the rows before them. */
export function stepsOf(sample: Sample, used: ReadonlySet<number>): number[] {
  const columns = sample.profiles.flatMap(({ kind }, column) =>
    kind === 'text' || used.has(column) ? [] : [column],
  );
  const [first] = columns;
  const isNumber =
    first !== undefined &&
    sample.named &&
    sample.profiles[first]!.counts &&
    (isRowNumberName(sample.names[first]!) || /^(channel|feature|dim|sensor)s?$/i.test(sample.names[first]!));
  const last = columns.findLastIndex((column) => sample.profiles[column]!.kind !== 'blank') + 1;
  return columns.slice(isNumber ? 1 : 0, sample.named ? undefined : last);
}

/** Everything but the steps. */
function asideOf({ names, label, beside, ...found }: FeatureRowColumns): number[] {
  return [names, label, ...beside, ...found.case].filter((column) => column !== null);
}

/** A column of times that goes on from row to row shows that rows are steps; over names it is but a word in the corner. */
function timesDown(sample: Sample): boolean {
  return (
    sample.named &&
    sample.names.some(
      (name, column) => timeName(name) === 'sure' && sample.profiles[column]!.kind === 'numeric',
    )
  );
}
