import type { Random } from '../../random.ts';
import type { GeneratedInstance } from './generatedSet.ts';

/** Features, steps of the input, and the range of real steps. */
export const PADDED = { features: 8, steps: 64, shortest: 10, longest: 21 } as const;

const BUMP_STEPS = 6;
/** Shorter than this is the class `short`. */
const SHORT = 16;
/** Share of the mixed set whose length agrees with its class. */
const ALIGNED = 0.9;
const BUMP_FEATURES = [2, 5] as const;

/** Class by a bump of +2.5 sd on feature 2 or 5; the length says nothing. */
export function content(random: Random): GeneratedInstance {
  return bumped(random.integer(2), lengthWithin(random, PADDED.shortest, PADDED.longest), 2.5, random);
}

/** Class by the length alone; no cell is salient. */
export function length(random: Random): GeneratedInstance {
  const steps = lengthWithin(random, PADDED.shortest, PADDED.longest);
  const values = noise(PADDED.features * steps, random);
  return { label: steps < SHORT ? 0 : 1, length: steps, values, salient: [] };
}

/** Class by a bump of +1 sd, and by the length in 90 % of instances. */
export function mixed(random: Random): GeneratedInstance {
  const label = random.integer(2);
  const agrees = random.integer(1000) < 1000 * ALIGNED;
  const short = (label === 0) === agrees;
  const steps = short
    ? lengthWithin(random, PADDED.shortest, SHORT - 1)
    : lengthWithin(random, SHORT, PADDED.longest);
  return bumped(label, steps, 1, random);
}

function bumped(label: number, steps: number, height: number, random: Random): GeneratedInstance {
  const values = noise(PADDED.features * steps, random);
  const feature = BUMP_FEATURES[label]!;
  const from = random.integer(steps - BUMP_STEPS + 1);
  for (let t = from; t < from + BUMP_STEPS; t++) values[feature * steps + t]! += height;
  return { label, length: steps, values, salient: [{ feature, from, to: from + BUMP_STEPS }] };
}

function lengthWithin(random: Random, shortest: number, longest: number): number {
  return shortest + random.integer(longest - shortest + 1);
}

/** [n] N(0, 1). */
export function noise(n: number, random: Random): Float32Array {
  return Float32Array.from({ length: n }, () => random.normal());
}
