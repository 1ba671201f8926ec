import type { Raster } from '../attribution/explanation.ts';

/** One prepared instance with the map that is judged. */
export interface EvaluationCase {
  readonly id: string;
  /** Position in the file. */
  readonly index: number;
  /** [F, T], padding included. */
  readonly x: Float32Array;
  /** [T] 1 on real steps. */
  readonly mask: Uint8Array;
  /** Real steps, L. */
  readonly length: number;
  /** The class whose logit the map explains. */
  readonly target: number;
  readonly probability: number;
  readonly logit: number;
  /** Placed on the input axis, [F, T] or [1, T]. */
  readonly map: Raster;
}
