import { createRandom } from '../../src/random.ts';

/** Draws for mutations; the same seed gives the same mutant. */
export class Dice {
  readonly #random;

  constructor(seed: number) {
    this.#random = createRandom(seed);
  }

  /** 0 ≤ whole number < below. */
  below(below: number): number {
    return this.#random.integer(Math.max(1, below));
  }

  /** True once in so many times. */
  once(times: number): boolean {
    return this.below(times) === 0;
  }

  pick<T>(from: readonly T[]): T {
    return from[this.below(from.length)]!;
  }
}
