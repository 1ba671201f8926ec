import { float32, type Tensor } from '../graph/tensor.ts';

/** How the classes of a batch weigh in the cross-entropy. */
interface TargetOptions {
  readonly classes: number;
  /** One per class; all 1 unless given. */
  readonly classWeights?: readonly number[];
  /** ε of label smoothing (Szegedy 2016): 0 unless given. */
  readonly smoothing?: number;
}

/** n/(C·n_c) of each class, so that all classes weigh the same together; 1 for a class that has none. */
export function balancedWeights(labels: readonly number[], classes: number): number[] {
  const counts = new Array<number>(classes).fill(0);
  for (const label of labels) counts[label]!++;
  return counts.map((count) => (count === 0 ? 1 : labels.length / (classes * count)));
}

/**
 * q [N, C] with L = −Σ q·log p equal to PyTorch's CrossEntropyLoss (mean): w_y of the label's class, ε/C of every
 * class, divided by the labels' weights together.
 */
export function targetsOf(labels: ArrayLike<number>, options: TargetOptions): Tensor<'float32'> {
  const { classes, classWeights, smoothing = 0 } = options;
  const weight = (index: number) => classWeights?.[index] ?? 1;
  const q = new Float32Array(labels.length * classes);
  let total = 0;
  for (let n = 0; n < labels.length; n++) total += weight(labels[n]!);
  for (let n = 0; n < labels.length; n++) {
    for (let c = 0; c < classes; c++) {
      const hit = c === labels[n] ? 1 - smoothing : 0;
      q[n * classes + c] = (weight(c) * (hit + smoothing / classes)) / total;
    }
  }
  return float32([labels.length, classes], q);
}
