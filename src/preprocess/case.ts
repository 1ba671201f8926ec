/** One series as the model takes it, with its padding mask. */
export interface MaskedSeries {
  /** [F, T] feature-major, padding included. */
  readonly x: Float32Array;
  /** [T] 1 on real steps, 0 on padding. */
  readonly mask: Uint8Array;
}

/** Features F and steps T of the model's input. */
export interface InputShape {
  readonly features: number;
  readonly steps: number;
}

/** A series that says its own size. */
export interface SizedSeries extends MaskedSeries, InputShape {}

/** One instance as the model takes it, with the way back to the file and what the file says of it. */
export interface Case extends MaskedSeries {
  readonly id: string;
  readonly index: number;
  /** Real steps, L. */
  readonly length: number;
  /** Index of the label among the classes, null where the file has none or the model does not know it. */
  readonly label: number | null;
  /** What the file says, where that is none of the classes. */
  readonly unknownLabel?: string;
}
