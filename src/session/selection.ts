import type { MethodId } from '../attribution/explanation.ts';
import type { MaskChoice } from '../preprocess/maskChoice.ts';

/** What is being looked at, apart from the file itself: everything a person can pick. Plain data, kept across reloads. */
export interface Selection {
  /** Absolute path, only where a person chose one; else attribution.json or the workspace decides. */
  readonly model?: string;
  /** The model the layer and the class below were picked on. */
  readonly madeFor?: string;
  /** Layer name or tensor name; absent: the engine's default (the last convolution). */
  readonly layer?: string;
  /** 0-based position in the file. */
  readonly instance: number;
  /** Index or name of a class; null: follow the prediction. */
  readonly target: number | string | null;
  readonly method: MethodId;
  readonly relu: boolean;
  readonly maskedAlpha: boolean;
  /** Explain the model with every layer masked. */
  readonly maskedModel: boolean;
  /** Absent: what attribution.json says, else auto. */
  readonly mask?: MaskChoice;
  /** Cut series longer than the model's T. */
  readonly truncate: boolean;
}

export const FRESH: Selection = {
  instance: 0,
  target: null,
  method: 'gradcam',
  relu: true,
  maskedAlpha: false,
  maskedModel: false,
  truncate: false,
};

/** Whether a refused change should stay: a series that cannot be explained is still the one the person went to. */
export function staysWhenRefused(changes: Partial<Selection>): boolean {
  return changes.instance !== undefined;
}

/** Layer and class mean something for one model only and go with it. */
export function forModel(selection: Selection, model: string): Selection {
  if (selection.madeFor === undefined || selection.madeFor === model) {
    return { ...selection, madeFor: model };
  }
  return { ...selection, madeFor: model, layer: undefined, target: null };
}
