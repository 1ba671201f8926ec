import type { Working } from '../../training/sharedSteps.ts';
import { sharedStretches } from '../sharedStretch.ts';
import type { LabelledCase } from './labelledCase.ts';

/**
 * Said where series that a repair is judged on share steps with those that it learns from: of `--train`, or of other folds.
 * @param judged `firsts` [n], alike for identical series
 * @returns sentences
 */
export async function sharedNotes(
  judged: {
    readonly series: readonly LabelledCase[];
    readonly path: string;
    readonly firsts: readonly number[];
  },
  train: { readonly series: readonly LabelledCase[]; readonly path: string } | undefined,
  working?: Working,
): Promise<string[]> {
  const { firsts: _, ...series } = judged;
  const found = train
    ? await sharedStretches(train, [series], working)
    : await sharedStretches(judged, [], working);
  const clause = found.within ?? found.judged[0];
  if (clause === undefined) return [];
  return [
    train
      ? `${clause}: what has learnt from these steps is flattered by them, and its figures say little of other recordings.`
      : `${clause}: folds are judged on steps that others have learnt from, which flatters what learns; give other recordings to learn from (--train), or judge it on others.`,
  ];
}
