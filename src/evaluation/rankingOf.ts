import type { Ranking } from './cells.ts';

/** The sign of a plain gradient says in which direction a value would have to move, not whether it speaks for the class. */
const BY_MAGNITUDE: readonly string[] = ['saliency', 'smoothgrad'];

export function rankingOf(method: string): Ranking {
  return BY_MAGNITUDE.includes(method) ? 'magnitude' : 'value';
}
