import type { Finding } from '../../finding.ts';

/** A masked model as a file. */
export interface MaskedFile {
  readonly bytes: Uint8Array;
  /** Layers no mask could be laid over. */
  readonly notMasked: readonly string[];
  /** What masks do not take away, in sentences that name the layer. */
  readonly limits: readonly string[];
  /** Which of several outputs is looked at, and what reading the data did that a mask computed from them rests on. */
  readonly read: readonly Finding[];
}
