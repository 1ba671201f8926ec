import type { Dataset } from '../data/dataset.ts';
import { createRandom, drawnOf } from '../random.ts';

const LOOKED_AT = 64;
/** Steps lie nearer to each other than features do; under this share it is plain. */
const PLAIN = 0.8;

/** Whether the numbers go on from step to step, as those of signals do, rather than from feature to feature. */
export function goesOnInTime({ instances, features: { length: features } }: Dataset): boolean {
  const along = { steps: new Mean(), features: new Mean() };
  for (const position of drawnOf(instances.length, LOOKED_AT, createRandom(0))) {
    const { values, length } = instances[position]!;
    for (let at = 0; at < features * length; at++) {
      if ((at + 1) % length !== 0) along.steps.add(values[at + 1]! - values[at]!);
      if (at + length < features * length) along.features.add(values[at + length]! - values[at]!);
    }
  }
  return along.steps.value < PLAIN * along.features.value;
}

class Mean {
  #sum = 0;
  #count = 0;

  add(difference: number): void {
    if (!Number.isFinite(difference)) return;
    this.#sum += Math.abs(difference);
    this.#count++;
  }

  get value(): number {
    return this.#count === 0 ? Number.NaN : this.#sum / this.#count;
  }
}
