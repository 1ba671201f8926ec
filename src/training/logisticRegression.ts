import { minimise } from './lbfgs.ts';

/** A linear classifier of D numbers: W [C, D], b [C]. */
export interface LinearClassifier {
  readonly weights: Float64Array;
  readonly bias: Float64Array;
}

/** Iterations; fewer where each takes long: so many products are some ten seconds. */
const [LEAST, MOST, MOST_WORK] = [50, 500, 3e9];

interface RegressionOptions {
  readonly classes: number;
  /** λ of λ/2·‖W‖² beside the mean cross-entropy; the bias is free. */
  readonly ridge: number;
  /** Weight of each row; all 1 unless given. */
  readonly rowWeights?: ArrayLike<number>;
  /** Where to begin; 0 unless given. */
  readonly start?: LinearClassifier;
  /** For a rough answer: of the gradient, relative to the first one. */
  readonly tolerance?: number;
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
        logits[c] = at[classes * width + c]! + product(at, c * width, row);
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
  const start = new Float64Array(classes * (width + 1));
  if (options.start) {
    start.set(options.start.weights);
    start.set(options.start.bias, classes * width);
  }
  const most = Math.max(LEAST, Math.min(MOST, Math.floor(MOST_WORK / (n * width * classes))));
  const found = minimise(evaluate, start, { most, tolerance: options.tolerance });
  return { weights: found.slice(0, classes * width), bias: found.slice(classes * width) };
}

/** Σ at[from + d]·row[d], in four sums that need not wait for one another. */
function product(at: Float64Array, from: number, row: Float32Array): number {
  let [a, b, c, e] = [0, 0, 0, 0];
  const whole = row.length - (row.length % 4);
  for (let d = 0; d < whole; d += 4) {
    a += at[from + d]! * row[d]!;
    b += at[from + d + 1]! * row[d + 1]!;
    c += at[from + d + 2]! * row[d + 2]!;
    e += at[from + d + 3]! * row[d + 3]!;
  }
  for (let d = whole; d < row.length; d++) a += at[from + d]! * row[d]!;
  return a + b + (c + e);
}
