import type { Raster } from '../attribution/explanation.ts';
import type { Case } from '../preprocess/case.ts';

/** A case with the map that is judged. */
export interface ExplainedCase extends Case {
  /** The class whose logit the map explains. */
  readonly target: number;
  readonly probability: number;
  readonly logit: number;
  /** Placed on the input axis, [F, T] or [1, T]. */
  readonly map: Raster;
}
