/** One prepared instance as the model takes it, with the way back to the file. */
export interface Case {
  readonly id: string;
  readonly index: number;
  /** [F, T], padding included. */
  readonly x: Float32Array;
  /** [T] 1 on real steps. */
  readonly mask: Uint8Array;
  /** Real steps, L. */
  readonly length: number;
}

/** An instance under audit: with what the file says of it. */
export interface AuditCase extends Case {
  /** Index of the label among the classes, null where the file has none or the model does not know it. */
  readonly label: number | null;
}

/** Features F and steps T of the model's input. */
export interface InputShape {
  readonly features: number;
  readonly steps: number;
}

export type PadSide = 'end' | 'front' | 'both' | 'middle' | 'none';

/** Where the padding lies: `middle` when real steps stand on both sides of it. */
export function padSide(mask: Uint8Array): PadSide {
  const first = mask.indexOf(1);
  const last = mask.lastIndexOf(1);
  if (first < 0 || mask.every((m) => m === 1)) return 'none';
  if (mask.subarray(first, last + 1).includes(0)) return 'middle';
  if (first === 0) return 'end';
  return last === mask.length - 1 ? 'front' : 'both';
}
