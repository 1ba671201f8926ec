import type { Arm } from './armNames.ts';
import type { RepairFound } from './repairFound.ts';

/** A repair: with what, from what, judged how. */
export interface RepairAsked {
  /** Data to learn from; without them folds of the data learn and are judged in turn. */
  readonly train?: string;
  /** One arm by name, or how many are tried. Default `auto`. */
  readonly arm?: Arm | 'auto' | 'all';
  /** Of arms that train. Default 10. */
  readonly epochs?: number;
  /** Same seed, same answer. Default 1. */
  readonly seed?: number;
  /** The repaired model takes its mask as a second input; else it computes it from the padding. */
  readonly maskInput?: boolean;
  /** The model is wanted, not its proof alone. */
  readonly keep?: boolean;
}

/** A repair with its proof, and the repaired model where it is wanted. */
export interface RepairAnswer {
  readonly found: RepairFound;
  /** ONNX bytes; null where nothing helped or no model is wanted. */
  readonly model: Uint8Array | null;
  /** Where the editor has written it. */
  readonly kept?: string;
}
