/** Shares of the cells at which a curve is looked at: dense at both ends, where maps differ. */
export const SHARES: readonly number[] = [0, 0.01, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.99, 1];

/** The shares of comprehensiveness and sufficiency (DeYoung et al. 2020, ERASER). */
export const ERASER_SHARES: readonly number[] = [0.01, 0.05, 0.1, 0.2, 0.5];

/** What the model says of the target class as cells go, at each of SHARES. */
export interface Curve {
  readonly probability: Float64Array;
  readonly logit: Float64Array;
}

/** How many of n cells a share is; a share and its rest make n. */
export function cellCount(share: number, n: number): number {
  return share <= 0.5 ? Math.round(share * n) : n - Math.round((1 - share) * n);
}

/** Mean of a curve over shares 0..1 by the trapezoid rule, at the shares that whole cells really are. */
export function area(curve: ArrayLike<number>, n: number): number {
  let sum = 0;
  for (let i = 1; i < SHARES.length; i++) {
    const width = (cellCount(SHARES[i]!, n) - cellCount(SHARES[i - 1]!, n)) / n;
    sum += (width * (curve[i]! + curve[i - 1]!)) / 2;
  }
  return sum;
}

/** @param share one of SHARES */
export function at(curve: ArrayLike<number>, share: number): number {
  return curve[SHARES.indexOf(share)]!;
}
