import { ReadingQuestion } from '../reading/readingQuestion.ts';
import { lastNumber } from './lastNumber.ts';
import { namedFor } from './nameWords.ts';
import type { Planning } from './planning.ts';
import { numberedColumns } from './stepNames.ts';
import { isStepPrefix } from './stepPrefix.ts';

interface FlatFeature {
  readonly name: string;
  /** In the order of the steps. */
  readonly columns: readonly number[];
}

/** Fewer steps under one name are rather sensors with numbers. */
const fewestSteps = 8;

/**
 * Windows flattened into rows: columns numbered under two or more names (ax_0 … ax_99, ay_0 …). Without names to go by,
 * a width of F·T alone does not say in which order the numbers come.
 * @throws ReadingQuestion `flattened`
 */
export function flatColumns({ sample, options, free }: Planning): FlatFeature[] | undefined {
  const { input } = options;
  const labels = namedFor('label', sample.names);
  const numeric = free.filter(
    (column) => sample.profiles[column]!.kind === 'numeric' && !labels.includes(column),
  );
  if (
    numeric.length < 2 * fewestSteps ||
    (input && (input.features === 1 || numeric.length === input.features))
  ) {
    return undefined;
  }
  const groups = sample.named ? groupsOf(sample.names, numeric) : undefined;
  const steps = groups?.[0]?.columns.length ?? 0;
  if (
    groups &&
    (!input || (groups.length === input.features && (input.steps === null || steps <= input.steps)))
  ) {
    return groups;
  }
  const whole = input?.steps != null ? input.features * input.steps : undefined;
  if (whole !== undefined && input && numeric.length >= whole && numeric.length <= whole + 2) {
    const shape = `${input.features} features × ${input.steps} steps`;
    const label = numeric.length === whole + 1 ? ' and one more, perhaps the label' : '';
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

/** The number of x_t0 is that of the step as well. */
function withoutStepWord(before: string): string {
  return before.replace(/(?<=[\p{L}\p{N}])[_.\- ](t|step|time|ts)[_.\- ]?$/iu, '');
}

function groupsOf(names: readonly string[], columns: readonly number[]): FlatFeature[] | undefined {
  // 0.95, 1.00 are times: what stands before the point is no feature.
  const isTimed = numberedColumns(names, columns)?.numbers.some((number) => number % 1 !== 0);
  if (isTimed) return undefined;
  const groups = new Map<string, { column: number; step: number }[]>();
  for (const column of columns) {
    const counted = lastNumber(names[column]!);
    if (counted === undefined) continue;
    const { before, number, after } = counted;
    // The number of t0_x is that of the step.
    const name =
      isStepPrefix(before) && after !== ''
        ? after.replace(/^[ _.\-\])]+/, '')
        : `${withoutStepWord(before).replace(/(?<![ _.\-[(])[ _.\-[(]+$/, '')}${after.replace(/^[ _.\-\])]+/, '')}`.trim();
    groups.set(name, [...(groups.get(name) ?? []), { column, step: Number(number) }]);
  }
  const found = [...groups].filter(([, steps]) => steps.length >= fewestSteps);
  const order = (steps: readonly { readonly step: number }[]): string =>
    steps
      .map(({ step }) => step)
      .toSorted((a, b) => a - b)
      .join(' ');
  const first = found[0] && order(found[0][1]);
  if (found.length < 2 || !found.every(([, steps]) => order(steps) === first)) return undefined;
  return found.map(([name, steps]) => ({
    name,
    columns: steps.toSorted((a, b) => a.step - b.step).map(({ column }) => column),
  }));
}
