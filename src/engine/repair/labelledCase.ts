import { basename } from 'node:path';
import type { Dataset } from '../../data/dataset.ts';
import { whereIs } from '../../data/whereIs.ts';
import type { Case } from '../../preprocess/case.ts';
import { Refusal } from '../../refusal.ts';
import type { TrainingSeries } from '../../training/series.ts';

/** A case whose class is known, which is a series to learn from, too. */
export type LabelledCase = Case & TrainingSeries;

function isLabelled(one: Case): one is LabelledCase {
  return one.label !== null;
}

/** @throws Refusal `no-labels` */
export function labelled(
  cases: readonly Case[],
  file: string,
  { instances }: Pick<Dataset, 'instances'>,
): readonly LabelledCase[] {
  const without = cases.filter(({ label }) => label === null);
  // As they are: a copy would hold the numbers of a series that makes them when they are asked for.
  if (cases.every(isLabelled)) return cases;
  const first = without[0]!;
  const where = whereIs(instances[first.index]!);
  const { unknownLabel } = first;
  const of = cases.length === instances.length ? 'in' : 'used from';
  throw new Refusal(
    'no-labels',
    `A repair needs the class of every instance, and ${without.length} of ${cases.length} ${of} ${basename(file)} ${without.length === 1 ? 'has' : 'have'} none the model knows (the first is ${where}${unknownLabel === undefined ? '' : `, ${JSON.stringify(unknownLabel)}`}): name the label column and the classes in attribution.json.`,
  );
}
