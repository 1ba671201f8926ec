import { isUnique } from './caseValues.ts';
import { countedPrefix } from './countedNames.ts';
import { askFewSteps } from './fewSteps.ts';
import { isRowNumberName, namedFor } from './nameWords.ts';
import { askNumberedSensors } from './numberedSensors.ts';
import type { Planning } from './planning.ts';
import { askSeriesInColumns } from './seriesInColumns.ts';
import { namesTheOne, numberedColumns } from './stepNames.ts';
import { isStepPrefix } from './stepPrefix.ts';
import { isCounter } from './timeColumn.ts';

/** Fewer numbers in a row may be a few features. */
const FEWEST_STEPS = 8;

/** Why the rows look like instances; undefined when they do not. */
export function looksWide(
  planning: Planning,
  candidates: readonly number[],
  time: number | null,
): string | undefined {
  const { sample, options, used } = planning;
  const { input } = options;
  const labels = namedFor('label', sample.names);
  const isListed = options.features !== undefined && sample.named && !namesTheOne(sample, options.features);
  const numeric = sample
    .numeric(new Set([...used, ...candidates]))
    .filter(
      (column) =>
        !labels.includes(column) &&
        !(sample.named && isRowNumberName(sample.names[column]!) && isCounter(sample, column)),
    );
  if (
    time !== null ||
    options.window !== undefined ||
    isListed ||
    numeric.length < 2 ||
    (input !== undefined && input.features > 1)
  ) {
    return undefined;
  }
  if (input?.features === 1) {
    askFewSteps(planning, numeric);
    askSeriesInColumns(planning, numeric);
    return 'the model takes one feature';
  }
  if (sample.named) {
    const names = numeric.map((column) => sample.names[column]!);
    const numbered = numberedColumns(sample.names, numeric);
    const isLong = (numbered?.columns.length ?? 0) >= 2 * FEWEST_STEPS;
    // 0.000, 0.001, … are numbers, 2023-01-01 and the next are dates: it is not their last digits that count.
    const isPlain = isLong && (numbered?.stem === '' || numbered?.stem === ':');
    const counted = isPlain ? '' : countedPrefix(names);
    const prefix = counted ?? (isLong ? numbered?.stem.replace(':', '') : undefined);
    // Beside columns of other names the channels of one recording may be numbered, with a label in each row.
    const labelVaries = labels.some((column) => {
      const { runs, filled } = sample.profiles[column]!;
      return !sample.constantWithin([], column) && (counted !== undefined || runs * 3 > filled);
    });
    // A few columns called f0, f1, f2 are features rather than steps.
    const isWide = numeric.length >= FEWEST_STEPS;
    // Each row has a word of its own under `id`: many columns of one name are its steps rather than features of one step.
    const isNamed = candidates.some(
      (column) => sample.profiles[column]!.kind === 'text' && isUnique(sample, column),
    );
    const stepNames =
      prefix !== undefined &&
      (isStepPrefix(prefix) ||
        (labelVaries && isWide) ||
        (isLong && isNamed && numbered!.others.length === 0));
    if (stepNames) askNumberedSensors(planning, numeric);
    return stepNames ? 'its columns are numbered like steps' : undefined;
  }
  const first = sample.profiles[0]!;
  const rest = sample.profiles.slice(1);
  const classes = first.kind === 'text' || (first.whole && !first.counts);
  const few = first.distinct * 2 <= first.filled && first.distinct > 1;
  return classes &&
    few &&
    rest.length >= 8 &&
    rest.every(({ kind }) => kind === 'numeric') &&
    rest.some(({ whole }) => !whole)
    ? 'its first column looks like class labels'
    : undefined;
}
