import type { RankedBy } from './cells.ts';

/** The sign of a plain gradient says in which direction a value would have to move, not whether it speaks for the class. */
const BY_MAGNITUDE: readonly string[] = ['saliency', 'smoothgrad'];

/** Whether a method's cells are removed in the order of their values or of their magnitudes. */
export function rankingOf(method: string): RankedBy {
  return BY_MAGNITUDE.includes(method) ? 'magnitude' : 'value';
}
