import type { Case, InputShape } from '../preprocess/case.ts';
import { createRandom, drawnOf } from '../random.ts';
import type { Unavailable } from './audit.ts';

/** What every part that changes padding says of a file without any. */
export const NOTHING_TO_CHANGE: Unavailable = {
  unavailable: 'No instance is padded, so there is nothing to change.',
};

/** Maps of a file without padding show only whether all classes share one map: a few tell. */
const MOST_MAPS = 32;

/** Whether every instance is as long as the model's input. */
export function noneIsPadded(cases: readonly Case[], { steps }: InputShape): boolean {
  return cases.every((one) => one.length === steps);
}

/** The instances whose maps the audit looks at: all of them where there is padding. */
export function mapped(cases: readonly Case[], shape: InputShape): readonly Case[] {
  if (!noneIsPadded(cases, shape)) return cases;
  return Array.from(drawnOf(cases.length, MOST_MAPS, createRandom(1)), (i) => cases[i]!);
}

/** What the progress says while maps are made; that nothing is padded is said before anything long is asked. */
export function comparing(cases: readonly Case[], shape: InputShape, maps: string): string {
  return noneIsPadded(cases, shape) ? `No instance is padded: ${maps.toLowerCase()} only` : maps;
}
