/** One series to learn from, as the model takes it. */
export interface TrainingSeries {
  /** [F, T] feature-major, padded. */
  readonly x: Float32Array;
  /** [T], 1 on real steps. */
  readonly mask: Uint8Array;
  /** Index of its class. */
  readonly label: number;
}

/** Features F and steps T of every series. */
export interface SeriesShape {
  readonly features: number;
  readonly steps: number;
}

/** Real steps of a mask [T]. */
export function realLength(mask: Uint8Array): number {
  return mask.reduce<number>((sum, real) => sum + real, 0);
}
