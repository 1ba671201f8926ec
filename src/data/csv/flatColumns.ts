import { ReadingQuestion } from '../reading/readingQuestion.ts';
import { FEWEST_STEPS, type FlatFeature, type FlatGroups, flatGroups } from './flatGroups.ts';
import { namedFor } from './nameWords.ts';
import type { Planning } from './planning.ts';
import { areStepsOfSensors } from './rowsOfFlat.ts';
import { sayDown, saySorted } from './stepOrder.ts';

/** Columns before or behind the numbers of a window: the label, a length, the number of the row. */
const MOST_BESIDE = 3;

/**
 * Windows flattened into rows: columns numbered under two or more names (ax_0 … ax_99, ay_0 …). Without names to go by,
 * a width of F·T alone does not say in which order the numbers come.
 * @throws ReadingQuestion `flattened`
 */
export function flatColumns(
  planning: Planning,
  columns: { readonly time: number | null; readonly cases: number | undefined },
): readonly FlatFeature[] | undefined {
  const { sample, options, free } = planning;
  const { input } = options;
  const labels = namedFor('label', sample.names);
  const numeric = free.filter(
    (column) => sample.profiles[column]!.kind === 'numeric' && !labels.includes(column),
  );
  if (
    numeric.length < 2 * FEWEST_STEPS ||
    (input && (input.features === 1 || numeric.length === input.features))
  ) {
    return undefined;
  }
  const groups = sample.named ? flatGroups(sample.names, numeric) : undefined;
  const steps = groups?.features[0]?.columns.length ?? 0;
  if (
    groups &&
    (!input || (groups.features.length === input.features && (input.steps === null || steps <= input.steps)))
  ) {
    const isOpen = !groups.saysSteps && groups.order !== 'down';
    if (isOpen && areStepsOfSensors(planning, groups.features, columns)) return undefined;
    sayOrder(planning, groups);
    return groups.features;
  }
  const whole = input?.steps != null ? input.features * input.steps : undefined;
  if (whole !== undefined && input && numeric.length >= whole && numeric.length <= whole + MOST_BESIDE) {
    const shape = `${input.features} features × ${input.steps} steps`;
    const more = numeric.length - whole;
    const label =
      more === 0
        ? ''
        : more === 1
          ? ' and one more, perhaps the label'
          : ` and ${more} more, perhaps the label, a length or a number`;
    throw new ReadingQuestion({
      id: 'flattened',
      sentence: `${sample.fileName} has ${numeric.length} columns of numbers, as many as ${shape}${label}: each row looks like a flattened window, and the order of its numbers cannot be seen`,
      ways: [
        { label: 'all steps of one feature stand together', patch: { data: { layout: 'flatFT' } } },
        { label: 'all features of one step stand together', patch: { data: { layout: 'flatTF' } } },
      ],
    });
  }
  return undefined;
}

function sayOrder(planning: Planning, { features, order }: FlatGroups): void {
  const columns = features[0]!.columns;
  if (order === 'down') sayDown(planning, columns);
  else if (order === 'sorted')
    saySorted(
      planning,
      columns.toSorted((a, b) => a - b),
      '',
    );
}
