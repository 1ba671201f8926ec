import { minimise } from './lbfgs.ts';

/** A linear classifier of D numbers: W [C, D], b [C]. */
export interface LinearClassifier {
  readonly weights: Float64Array;
  readonly bias: Float64Array;
}

interface RegressionOptions {
  readonly classes: number;
  /** λ of λ/2·‖W‖² beside the mean cross-entropy; the bias is free. */
  readonly ridge: number;
  /** Weight of each row; all 1 unless given. */
  readonly rowWeights?: ArrayLike<number>;
}

/**
 * Multinomial logistic regression: the weights that minimise mean cross-entropy + λ/2·‖W‖², which is convex, so the
 * optimum is the only one.
 * @param rows [n, D]; @param labels [n]
 */
export function logisticRegression(
  rows: Float32Array,
  labels: ArrayLike<number>,
  options: RegressionOptions,
): LinearClassifier {
  const { classes, ridge } = options;
  const n = labels.length;
  const width = rows.length / n;
  const weight = (i: number) => options.rowWeights?.[i] ?? 1;
  let total = 0;
  for (let i = 0; i < n; i++) total += weight(i);
  const logits = new Float64Array(classes);
  const evaluate = (at: Float64Array, gradient: Float64Array): number => {
    gradient.fill(0);
    let loss = 0;
    for (let i = 0; i < n; i++) {
      const row = rows.subarray(i * width, (i + 1) * width);
      for (let c = 0; c < classes; c++) {
        let sum = at[classes * width + c]!;
        for (let d = 0; d < width; d++) sum += at[c * width + d]! * row[d]!;
        logits[c] = sum;
      }
      const highest = logits.reduce((most, value) => Math.max(most, value), -Infinity);
      let mass = 0;
      for (let c = 0; c < classes; c++) mass += Math.exp(logits[c]! - highest);
      const share = weight(i) / total;
      loss += share * (Math.log(mass) + highest - logits[labels[i]!]!);
      for (let c = 0; c < classes; c++) {
        const slope = share * (Math.exp(logits[c]! - highest) / mass - (c === labels[i] ? 1 : 0));
        gradient[classes * width + c]! += slope;
        for (let d = 0; d < width; d++) gradient[c * width + d]! += slope * row[d]!;
      }
    }
    for (let k = 0; k < classes * width; k++) {
      loss += (ridge / 2) * at[k]! * at[k]!;
      gradient[k]! += ridge * at[k]!;
    }
    return loss;
  };
  const found = minimise(evaluate, new Float64Array(classes * (width + 1)));
  return { weights: found.slice(0, classes * width), bias: found.slice(classes * width) };
}
