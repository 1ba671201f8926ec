import { createRandom, type Random } from '../../random.ts';
import { BOX_SIZE, boxed, type CellBox } from './boxes.ts';
import type { GeneratedInstance, GeneratedSet } from './generatedSet.ts';
import { content, length, mixed, PADDED } from './padded.ts';

interface Recipe extends Pick<GeneratedSet, 'features' | 'steps' | 'classes'> {
  readonly make: (random: Random) => GeneratedInstance;
}

const middle = { steps: 30, features: 30 };
const smallMiddle = { steps: 14, features: 14 };
const rareTime = { steps: 6, features: 40 };
const rareFeature = { steps: 40, features: 6 };

const padded = (classes: readonly string[], make: Recipe['make']): Recipe => ({
  ...{ features: PADDED.features, steps: PADDED.steps },
  ...{ classes, make },
});
const box = (of: CellBox): Recipe => ({
  ...{ features: BOX_SIZE, steps: BOX_SIZE, classes: ['minus', 'plus'] },
  make: (random) => boxed(of, random),
});

const RECIPES: Readonly<Record<string, Recipe>> = {
  content: padded(['bump_f02', 'bump_f05'], content),
  length: padded(['short', 'long'], length),
  mixed: padded(['bump_f02', 'bump_f05'], mixed),
  Middle: box({ ...middle, at: { step: 10, feature: 10 } }),
  SmallMiddle: box({ ...smallMiddle, at: { step: 18, feature: 18 } }),
  RareTime: box({ ...rareTime, at: { step: 22, feature: 5 } }),
  RareFeature: box({ ...rareFeature, at: { step: 5, feature: 22 } }),
  Moving_Middle: box(middle),
  Moving_SmallMiddle: box(smallMiddle),
  Moving_RareTime: box(rareTime),
  Moving_RareFeature: box(rareFeature),
};

/** Names of the sets that can be made. */
export const SETS: readonly string[] = Object.keys(RECIPES);

/** Most instances of one set; a set of the box kind holds 2500 values per instance. */
export const MOST_INSTANCES = 100_000;

/** @param name one of SETS @param n instances; the same name, n and seed give the same set */
export function generate(name: string, n: number, seed: number): GeneratedSet {
  const { features, steps, classes, make } = RECIPES[name]!;
  const random = createRandom(seed);
  return { name, features, steps, classes, instances: Array.from({ length: n }, () => make(random)) };
}
