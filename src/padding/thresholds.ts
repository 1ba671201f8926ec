/** Every threshold a verdict rests on, with where it comes from. Nothing else in this folder decides. */
export const THRESHOLDS = {
  /** |correlation| of two classes' maps above which they are one map (exact on one-channel bottlenecks: > 1 − 1e-7). */
  sameMap: 0.999,
  /** std/max in EMPTY below which it is a plateau; exact 0 on stride-1 networks, edges of deep layers add a little. */
  flatPlateau: 0.02,
  /** Share of the map's mass in EMPTY that may stay without an explanation. */
  unexplainedMass: 0.05,
  /** Flip rate above which an answer depends on what the padding looks like (probe of content, length and mixed models). */
  fragileFlips: 0.1,
  /** LEI below which length is no evidence and above which it is; measured: content ≤ .035, length-only ≥ .76. */
  leiNo: 0.05,
  leiYes: 0.15,
  /** Length-only baseline: label-permutation p below which the data leak length. */
  baselineP: 0.05,
  /** Shift of batch-norm statistics between all and real steps, in running standard deviations. */
  batchNormShift: 0.5,
  /** Fewer instances than this carry no verdict that rests on rates. */
  fewestInstances: 10,
} as const;
