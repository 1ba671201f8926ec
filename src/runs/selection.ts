import type { How } from '../attribution/how.ts';
import type { MaskChoice } from '../preprocess/maskChoice.ts';

/** Where a map is looked at: model, instance and mask. */
interface Place {
  /** Absolute path, only where a person chose one; else attribution.json or the workspace decides. */
  readonly model?: string;
  /** The model the layer and the class were picked on. */
  readonly madeFor?: string;
  /** 0-based position in the file. */
  readonly instance: number;
  /** Absent: what attribution.json says, else auto. */
  readonly mask?: MaskChoice;
  /** Cut series longer than the model's T. */
  readonly truncate: boolean;
  /** Settings beyond attribution.json, while a change is looked at that is not written yet. */
  readonly set?: readonly string[];
}

/**
 * What is being looked at, apart from the file itself: everything a person can pick. Plain data, kept across reloads.
 * The options that were picked stay when the method changes.
 */
export interface Selection extends Place, How {}

/** A selection without what a run says by itself: its instance, and the model that layer and classes are of. */
export type Picked = Omit<Selection, 'instance' | 'madeFor'>;

/** What a run keeps of a selection. */
export function picked({ instance: _, madeFor: __, ...rest }: Selection): Picked {
  return rest;
}

/** What of a selection is how, not where. */
export function howOf(selection: Selection): How {
  const {
    model: _,
    madeFor: __,
    instance: ___,
    mask: ____,
    truncate: _____,
    set: ______,
    ...how
  } = selection;
  return how;
}

/** A selection as it was kept, by an earlier version too, which said "follow the prediction" by a null. */
export function keptSelection(kept: Selection): Selection {
  const { target, ...rest } = kept as Selection & { readonly target?: Selection['target'] | null };
  return target === undefined || target === null ? rest : { ...rest, target };
}
