import type { Selection } from '../../runs/selection.ts';

/** Of a file that has just been opened. */
export const FRESH: Selection = { instance: 0, truncate: false };

/** Whether a refused change should stay: a series that cannot be explained is still the one the person went to. */
export function staysWhenRefused(changes: Partial<Selection>): boolean {
  return changes.instance !== undefined;
}

/** Layer and classes mean something for one model only and go with it. */
export function forModel(selection: Selection, model: string): Selection {
  if (selection.madeFor === undefined || selection.madeFor === model) {
    return { ...selection, madeFor: model };
  }
  return { ...selection, madeFor: model, layer: undefined, target: undefined, against: undefined };
}

export type { Selection };
