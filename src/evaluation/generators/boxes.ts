import type { Random } from '../../random.ts';
import type { GeneratedInstance } from './generatedSet.ts';
import { noise } from './padded.ts';

/** F = T of the box sets. */
export const BOX_SIZE = 50;

/** A rectangle of cells that carries the class; without a start it lies anywhere. */
export interface CellBox {
  readonly steps: number;
  readonly features: number;
  readonly at?: { readonly step: number; readonly feature: number };
}

/**
 * Ismail et al. 2020: white noise, and in a box of cells +1 for one class and −1 for the other. A box without a place
 * starts anywhere, anew for each instance (the Moving sets).
 */
export function boxed({ steps, features, at }: CellBox, random: Random): GeneratedInstance {
  const values = noise(BOX_SIZE * BOX_SIZE, random);
  const label = random.integer(2);
  const step = at?.step ?? random.integer(BOX_SIZE - steps + 1);
  const feature = at?.feature ?? random.integer(BOX_SIZE - features + 1);
  for (let f = feature; f < feature + features; f++) {
    for (let t = step; t < step + steps; t++) values[f * BOX_SIZE + t]! += label === 1 ? 1 : -1;
  }
  const salient = Array.from({ length: features }, (_, k) => ({
    feature: feature + k,
    from: step,
    to: step + steps,
  }));
  return { label, length: BOX_SIZE, values, salient };
}
