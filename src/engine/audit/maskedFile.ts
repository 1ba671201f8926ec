/** A masked model as a file. */
export interface MaskedFile {
  readonly bytes: Uint8Array;
  /** Layers no mask could be laid over. */
  readonly notMasked: readonly string[];
  /** What masks do not take away, in sentences that name the layer. */
  readonly limits: readonly string[];
}
