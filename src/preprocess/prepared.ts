import type { Finding } from '../finding.ts';

/** One instance as the model takes it, with the way back to the file. */
export interface Prepared {
  /** [F, T] feature-major, standardised and padded. */
  readonly x: Float32Array;
  readonly features: number;
  readonly steps: number;
  readonly mask: PaddingMask;
  /** [T] 0-based step of the raw instance behind each column, -1 where padding was put in. */
  readonly source: Int32Array;
  readonly findings: readonly Finding[];
}

/** Which of the T columns are real. */
export interface PaddingMask {
  /** [T] 1 on real steps, 0 on padding. */
  readonly values: Uint8Array;
  /** Count of real steps, L. */
  readonly length: number;
  /** How it was found, fit to be shown: `auto: 103 steps added at the end`. */
  readonly origin: string;
}
