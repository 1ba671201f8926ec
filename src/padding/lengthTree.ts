const DEPTH = 3;

/**
 * A classification tree on one number (CART, Breiman 1984; Gini impurity), at most three levels deep.
 * @returns the class the tree gives to a length
 */
export function growTree(lengths: readonly number[], labels: readonly number[]): (length: number) => number {
  const order = lengths.map((_, i) => i).sort((a, b) => lengths[a]! - lengths[b]!);
  return grow(
    order.map((i) => lengths[i]!),
    order.map((i) => labels[i]!),
    DEPTH,
  );
}

function grow(
  lengths: readonly number[],
  labels: readonly number[],
  depth: number,
): (length: number) => number {
  const majority = mostFrequent(labels);
  const at = depth === 0 ? 0 : bestCut(lengths, labels);
  if (at === 0) return () => majority;
  const threshold = (lengths[at - 1]! + lengths[at]!) / 2;
  const below = grow(lengths.slice(0, at), labels.slice(0, at), depth - 1);
  const above = grow(lengths.slice(at), labels.slice(at), depth - 1);
  return (length) => (length <= threshold ? below(length) : above(length));
}

/** Where cutting the sorted lengths leaves the purest halves; 0 when no cut makes them purer. */
function bestCut(lengths: readonly number[], labels: readonly number[]): number {
  const left = new Map<number, number>();
  const right = counts(labels);
  let best = 0;
  // Σ over halves of Σ_c count²/size grows as the Gini impurity falls.
  let purest = purity(right, labels.length) + 1e-12;
  for (let i = 1; i < lengths.length; i++) {
    const moved = labels[i - 1]!;
    left.set(moved, (left.get(moved) ?? 0) + 1);
    right.set(moved, right.get(moved)! - 1);
    if (lengths[i] === lengths[i - 1]) continue;
    const pure = purity(left, i) + purity(right, labels.length - i);
    if (pure > purest) [best, purest] = [i, pure];
  }
  return best;
}

function purity(tally: ReadonlyMap<number, number>, size: number): number {
  let sum = 0;
  for (const count of tally.values()) sum += count * count;
  return sum / size;
}

function counts(labels: readonly number[]): Map<number, number> {
  const tally = new Map<number, number>();
  for (const label of labels) tally.set(label, (tally.get(label) ?? 0) + 1);
  return tally;
}

function mostFrequent(labels: readonly number[]): number {
  return [...counts(labels)].sort(([a, m], [b, n]) => n - m || a - b)[0]![0];
}
