/** Every threshold a verdict rests on, with where it comes from. Nothing else in this folder decides. */
export const THRESHOLDS = {
  /** |correlation| of two classes' maps above which they are one map (exact on one-channel bottlenecks: > 1 − 1e-7). */
  sameMap: 0.999,
  /** std/max in EMPTY below which it is a plateau; exact 0 on stride-1 networks, edges of deep layers add a little. */
  flatPlateau: 0.02,
  /** Share of the map's mass in EMPTY that may stay without an explanation. */
  unexplainedMass: 0.05,
  /** Share of the map on padding below which there is nothing to explain. */
  nothingThere: 0.005,
  /** Flip rate above which an answer depends on its padding, and how near to it the interval may come. */
  fragileFlips: 0.1,
  fragileAtLeast: 0.05,
  robustAtMost: 0.15,
  /** Length response that counts, and its least lower bound. */
  responds: 0.25,
  respondsAtLeast: 0.15,
  /** Balanced accuracy this little above chance is named as the reason for a wide interval. */
  lowMargin: 0.25,
  /** LEI below which length is no evidence and above which it is (docs/audit.md). */
  leiNo: 0.05,
  leiYes: 0.15,
  /** Share of the accuracy above chance that swaps within a class must keep for a YES (docs/audit.md). */
  placeboOfYes: 0.8,
  /** Loss of right answers by reflecting within a class above which order seems to carry the class. */
  reflectionHarm: 0.1,
  /** Length-only baseline: label-permutation p below which the data leak length. */
  baselineP: 0.05,
  /** Shift of batch-norm statistics between all and real steps, in running standard deviations. */
  batchNormShift: 0.5,
  /** Fewer instances than this carry no verdict that rests on rates. */
  fewestInstances: 10,
} as const;
