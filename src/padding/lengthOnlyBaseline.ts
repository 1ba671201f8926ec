import type { Random } from '../random.ts';
import type { LengthOnlyBaseline, Unavailable } from './audit.ts';
import { balancedAccuracy } from './balancedAccuracy.ts';
import { balancedEstimate } from './balancedEstimate.ts';
import { growTree } from './lengthTree.ts';

const FOLDS = 5;
const PERMUTATIONS = 199;

/**
 * How well the length alone tells the classes apart IN THE DATA: balanced accuracy of a depth-3 tree on L, from the
 * pooled out-of-fold answers of a stratified 5-fold split, with the label-permutation p (Ojala and Garriga 2010).
 */
export function lengthOnlyBaseline(
  lengths: readonly number[],
  labels: readonly number[],
  random: Random,
): LengthOnlyBaseline | Unavailable {
  const classes = new Set(labels);
  if (classes.size < 2) {
    return { unavailable: 'The length-only baseline needs labels of at least two classes in the file.' };
  }
  if (labels.length < 2 * FOLDS) {
    return { unavailable: `The length-only baseline needs at least ${2 * FOLDS} labelled instances.` };
  }
  const folds = stratifiedFolds(labels, random);
  const tree = balancedEstimate(outOfFold(lengths, labels, folds), labels);
  let atLeast = 1;
  for (let k = 0; k < PERMUTATIONS; k++) {
    const shuffled = Array.from(random.permutation(labels.length), (i) => labels[i]!);
    const found = balancedAccuracy(outOfFold(lengths, shuffled, folds), shuffled);
    if (found >= tree.value - 1e-12) atLeast++;
  }
  return { tree, chance: 1 / classes.size, p: atLeast / (PERMUTATIONS + 1) };
}

/**
 * Whether the out-of-fold answers of a depth-3 tree on the length are right.
 * @param folds [n] fold 0..4 of each instance
 * @returns [n] 1 where the answer is the label
 */
export function outOfFold(
  lengths: readonly number[],
  labels: readonly number[],
  folds: Int32Array,
): Uint8Array {
  const correct = new Uint8Array(labels.length);
  for (let fold = 0; fold < FOLDS; fold++) {
    const classify = growTree(lengths, labels, (i) => folds[i] !== fold);
    labels.forEach((label, i) => {
      if (folds[i] === fold) correct[i] = classify(lengths[i]!) === label ? 1 : 0;
    });
  }
  return correct;
}

/** [n] fold of each instance; every class spread as evenly as it goes. */
function stratifiedFolds(labels: readonly number[], random: Random): Int32Array {
  const folds = new Int32Array(labels.length);
  const dealt = new Map<number, number>();
  for (const i of random.permutation(labels.length)) {
    const label = labels[i]!;
    const next = dealt.get(label) ?? random.integer(FOLDS);
    folds[i] = next % FOLDS;
    dealt.set(label, next + 1);
  }
  return folds;
}
