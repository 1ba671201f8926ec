import { positionsBy } from './positionsBy.ts';

/** Which contents met which frames; both are positions among the same n instances, never the same one in a pair. */
interface Crossing {
  readonly frames: ArrayLike<number>;
  readonly contents: ArrayLike<number>;
}

/** A figure and what every instance adds to its error: Σ influence² is its variance, Σ a·b a covariance. */
export interface Effect {
  readonly value: number;
  /** [n] */
  readonly influence: Float64Array;
}

/** How the cells of a crossing are grouped and added up. */
export interface Contrast {
  /** [n] group of each instance as a frame, 0.. */
  readonly frameGroup: ArrayLike<number>;
  /** [n] group of each instance as a content, 0.. */
  readonly contentGroup: ArrayLike<number>;
  /** [frame groups][content groups] weight of each cell's mean; an empty cell's weight goes to its row. */
  readonly weights: readonly (readonly number[])[];
  /** [n] class of each instance, within which it is left out. */
  readonly strata: readonly number[];
}

/**
 * Σ weights · mean of `values` over the pairs of a cell, with the stratified jackknife over instances (each left out at
 * once as a frame and as a content), which covers both kinds of luck (Owen 2007 for crossed designs; Efron and Stein 1981).
 * @param values [pairs]
 */
export function crossedEffect(crossing: Crossing, values: ArrayLike<number>, contrast: Contrast): Effect {
  const { frameGroup, contentGroup, weights, strata } = contrast;
  const n = strata.length;
  const [rows, columns] = [weights.length, weights[0]!.length];
  const sum = new Float64Array(rows * columns);
  const count = new Float64Array(rows * columns);
  // What instance i adds to the cells of its row as a frame, and to the cells of its column as a content.
  const asFrame = [new Float64Array(n * columns), new Float64Array(n * columns)] as const;
  const asContent = [new Float64Array(n * rows), new Float64Array(n * rows)] as const;
  for (let p = 0; p < values.length; p++) {
    const [i, j, value] = [crossing.frames[p]!, crossing.contents[p]!, values[p]!];
    const [row, column] = [frameGroup[i]!, contentGroup[j]!];
    sum[row * columns + column]! += value;
    count[row * columns + column]!++;
    asFrame[0][i * columns + column]! += value;
    asFrame[1][i * columns + column]!++;
    asContent[0][j * rows + row]! += value;
    asContent[1][j * rows + row]!++;
  }
  const value = total(sum, count, weights);
  const without = new Float64Array(n);
  const [s, c] = [new Float64Array(sum.length), new Float64Array(sum.length)];
  for (let k = 0; k < n; k++) {
    s.set(sum);
    c.set(count);
    for (let column = 0; column < columns; column++) {
      s[frameGroup[k]! * columns + column]! -= asFrame[0][k * columns + column]!;
      c[frameGroup[k]! * columns + column]! -= asFrame[1][k * columns + column]!;
    }
    for (let row = 0; row < rows; row++) {
      s[row * columns + contentGroup[k]!]! -= asContent[0][k * rows + row]!;
      c[row * columns + contentGroup[k]!]! -= asContent[1][k * rows + row]!;
    }
    without[k] = total(s, c, weights);
  }
  return { value, influence: influences(without, strata) };
}

/** Balanced mean of a value per instance over its strata, e.g. balanced accuracy of 1 and 0. */
export function balancedEffect(values: ArrayLike<number>, strata: readonly number[]): Effect {
  const groups = [...positionsBy(strata).values()];
  const influence = new Float64Array(strata.length);
  let value = 0;
  for (const group of groups) {
    const average = group.reduce((sum, i) => sum + values[i]!, 0) / group.length;
    value += average / groups.length;
    if (group.length < 2) continue;
    for (const i of group) {
      const without = (average * group.length - values[i]!) / (group.length - 1);
      influence[i] = ((without - average) / groups.length) * Math.sqrt((group.length - 1) / group.length);
    }
  }
  return { value, influence };
}

/** Σ influence·influence: variance of one effect, covariance of two. */
export function covariance(a: Effect, b: Effect): number {
  let sum = 0;
  for (let i = 0; i < a.influence.length; i++) sum += a.influence[i]! * b.influence[i]!;
  return sum;
}

function total(sum: Float64Array, count: Float64Array, weights: Contrast['weights']): number {
  const columns = weights[0]!.length;
  let all = 0;
  for (let r = 0; r < weights.length; r++) {
    let value = 0;
    let met = 0;
    let meant = 0;
    for (let c = 0; c < columns; c++) {
      const weight = weights[r]![c]!;
      const at = r * columns + c;
      meant += weight;
      if (count[at]! < 0.5) continue;
      met += weight;
      value += (weight * sum[at]!) / count[at]!;
    }
    if (met !== 0) all += (value * meant) / met;
  }
  return all;
}

/** Left-out values, centred and scaled within their stratum; one alone in its stratum cannot be left out. */
function influences(without: Float64Array, strata: readonly number[]): Float64Array {
  const out = new Float64Array(without.length);
  for (const group of positionsBy(strata).values()) {
    if (group.length < 2) continue;
    const centre = group.reduce((sum, i) => sum + without[i]!, 0) / group.length;
    for (const i of group) {
      out[i] = (without[i]! - centre) * Math.sqrt((group.length - 1) / group.length);
    }
  }
  return out;
}
