const DEPTH = 3;

/** How often each class has each length. */
interface Tally {
  /** [D] the different lengths, ascending */
  readonly lengths: readonly number[];
  /** The classes, ascending. */
  readonly classes: readonly number[];
  /** [D, C] */
  readonly counts: Int32Array;
}

/**
 * A classification tree on one number (CART, Breiman 1984; Gini impurity), at most three levels deep.
 * @param lengths [n] @param labels [n]
 * @param isUsed which instances the tree is grown on; all unless given
 * @returns the class the tree gives to a length
 */
export function growTree(
  lengths: readonly number[],
  labels: readonly number[],
  isUsed: (at: number) => boolean = () => true,
): (length: number) => number {
  const tally = tallyOf(lengths, labels, isUsed);
  return grow(tally, 0, tally.lengths.length, DEPTH);
}

function tallyOf(
  lengths: readonly number[],
  labels: readonly number[],
  isUsed: (at: number) => boolean,
): Tally {
  const rising = (all: readonly number[]) => [...new Set(all)].sort((a, b) => a - b);
  const [bins, classes] = [rising(lengths), rising(labels)];
  const binOf = new Map(bins.map((length, bin) => [length, bin]));
  const classOf = new Map(classes.map((label, c) => [label, c]));
  const counts = new Int32Array(bins.length * classes.length);
  for (let i = 0; i < lengths.length; i++) {
    if (isUsed(i)) counts[binOf.get(lengths[i]!)! * classes.length + classOf.get(labels[i]!)!]!++;
  }
  const met = bins.flatMap((_, bin) => (rowOf(counts, bin, classes.length).some(Boolean) ? [bin] : []));
  return {
    lengths: met.map((bin) => bins[bin]!),
    classes,
    counts: Int32Array.from(met.flatMap((bin) => [...rowOf(counts, bin, classes.length)])),
  };
}

function rowOf(counts: Int32Array, bin: number, classes: number): Int32Array {
  return counts.subarray(bin * classes, (bin + 1) * classes);
}

/** Of the lengths from..to. */
function grow(tally: Tally, from: number, to: number, depth: number): (length: number) => number {
  const all = summed(tally, from, to);
  const majority = tally.classes[all.indexOf(Math.max(...all))]!;
  const at = depth === 0 ? from : bestCut(tally, from, to, all);
  if (at === from) return () => majority;
  const threshold = (tally.lengths[at - 1]! + tally.lengths[at]!) / 2;
  const below = grow(tally, from, at, depth - 1);
  const above = grow(tally, at, to, depth - 1);
  return (length) => (length <= threshold ? below(length) : above(length));
}

/** Before which length cutting leaves the purest halves; `from` when no cut makes them purer. */
function bestCut({ counts, classes }: Tally, from: number, to: number, all: Int32Array): number {
  const left = new Int32Array(all.length);
  const right = all.slice();
  let best = from;
  // Σ over halves of Σ_c count²/size grows as the Gini impurity falls.
  let purest = purity(right) + 1e-12;
  for (let bin = from; bin < to - 1; bin++) {
    for (let c = 0; c < classes.length; c++) {
      const moved = counts[bin * classes.length + c]!;
      left[c]! += moved;
      right[c]! -= moved;
    }
    const pure = purity(left) + purity(right);
    if (pure > purest) [best, purest] = [bin + 1, pure];
  }
  return best;
}

function purity(tally: Int32Array): number {
  let squares = 0;
  let size = 0;
  for (let c = 0; c < tally.length; c++) {
    squares += tally[c]! * tally[c]!;
    size += tally[c]!;
  }
  return squares / size;
}

/** [C] */
function summed({ counts, classes }: Tally, from: number, to: number): Int32Array {
  const sum = new Int32Array(classes.length);
  for (let at = from * classes.length; at < to * classes.length; at++) {
    sum[at % classes.length]! += counts[at]!;
  }
  return sum;
}
