/** Every threshold a verdict of the evaluation rests on, with where it comes from. */
export const EVALUATION_THRESHOLDS = {
  /** Mean |rank correlation| with all weights drawn anew above which the map does not rest on them. */
  randomised: 0.5,
  /** Relative completeness gap of what is exact but for rounding. */
  exactGap: 1e-3,
  /** Relative completeness gap of an integral by 50 nodes. */
  integralGap: 0.05,
  /** Fewer instances than this carry no verdict that rests on a mean. */
  fewestInstances: 10,
} as const;
