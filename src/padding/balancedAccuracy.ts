/**
 * Mean recall over the classes that occur among the labels.
 * @param correct [n] 1 (or a share of draws) where the answer is the label
 * @param weights [n] how often each instance counts; 1 each unless given
 * @returns NaN when no labelled instance counts
 */
export function balancedAccuracy(
  correct: ArrayLike<number>,
  labels: readonly number[],
  weights?: ArrayLike<number>,
): number {
  const hits = new Map<number, { right: number; all: number }>();
  labels.forEach((label, i) => {
    const weight = weights ? weights[i]! : 1;
    if (weight === 0) return;
    const seen = hits.get(label) ?? { right: 0, all: 0 };
    hits.set(label, { right: seen.right + weight * correct[i]!, all: seen.all + weight });
  });
  let sum = 0;
  for (const { right, all } of hits.values()) sum += right / all;
  return sum / hits.size;
}
