import { createRandom, type Random } from '../random.ts';

/** Values that are kept: 16 MB. */
const MOST_KEPT = 2 ** 22;

/** Noise as far as it has been drawn. */
interface Kept {
  readonly seed: number;
  readonly size: number;
  readonly random: Random;
  readonly drawn: Float32Array[];
}

let kept: Kept | undefined;

/**
 * Standard normal arrays, one after the other: the same for a seed, whatever they are for. The latest are kept, as every
 * instance of a model asks for the same ones; nobody may write into them.
 * @param size values of each
 * @param most values to keep; what comes later is drawn anew by whoever asks for it
 * @returns arrays [size]
 */
export function* noises(seed: number, size: number, most = MOST_KEPT): Generator<Float32Array, never> {
  if (kept?.seed !== seed || kept.size !== size) {
    kept = { seed, size, random: createRandom(seed), drawn: [] };
  }
  const { random, drawn } = kept;
  for (const one of drawn) yield one;
  let at = drawn.length;
  // Another user may have drawn on meanwhile.
  for (; (at + 1) * size <= most; at++) {
    if (drawn.length === at) drawn.push(normals(random, size));
    yield drawn[at]!;
  }
  const alone = createRandom(seed);
  for (let value = 0; value < at * size; value++) alone.normal();
  for (;;) yield normals(alone, size);
}

function normals(random: Random, size: number): Float32Array {
  const values = new Float32Array(size);
  for (let i = 0; i < size; i++) values[i] = random.normal();
  return values;
}
