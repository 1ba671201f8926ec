import { countedRun } from './countedNames.ts';
import { namedFor } from './nameWords.ts';
import type { Planning } from './planning.ts';
import type { Sample } from './sample.ts';
import { numberedColumns } from './stepNames.ts';
import { isStepPrefix } from './stepPrefix.ts';

/** Fewer columns are features with numbers rather than steps. */
const FEWEST_STEPS = 16;

/** As many numbered columns as the one feature has steps: a column that repeats is a person then, or a session. */
export function hasNumberedSteps(
  { sample, options, used }: Planning,
  candidates: readonly number[],
): boolean {
  const { input } = options;
  const columns = sample.numeric(new Set([...used, ...candidates]));
  if (!sample.named || (input && input.features > 1)) return false;
  if (areStepsOfRows(sample, columns, candidates)) return true;
  const names = columns.map((column) => sample.names[column]!);
  const fewest = input?.steps ?? FEWEST_STEPS;
  return input !== undefined && names.length >= fewest && countedRun(names) >= fewest;
}

/** Many columns named like steps, whatever the model, and a label that changes within what repeats: a row is a series. */
function areStepsOfRows(sample: Sample, columns: readonly number[], [repeating]: readonly number[]): boolean {
  const labels = namedFor('label', sample.names);
  const numbered = numberedColumns(
    sample.names,
    columns.filter((column) => !labels.includes(column)),
  );
  if (!numbered || numbered.columns.length < FEWEST_STEPS || repeating === undefined) return false;
  const changes = labels.some((column) => !sample.constantWithin([repeating], column));
  return changes && isStepPrefix(numbered.stem.replace(':', ''));
}
