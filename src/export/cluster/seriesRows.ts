/** Instances as an explainer takes them, one entry for each. */
export interface SeriesRows {
  readonly features: number;
  readonly steps: number;
  readonly ids: readonly string[];
  readonly labels: readonly (string | null)[];
  /** Real steps. */
  readonly lengths: readonly number[];
  /** [n, F, T] feature after feature; 0 on padding that was put in. */
  readonly values: Float64Array;
  /** [n, T] 1 on real steps. */
  readonly masks: Uint8Array;
}
