import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** Largest seed that is taken. */
export const MOST_SEED = 999_999_999;

/** A seeded source: the same seed gives the same audit on every machine. */
export interface Random {
  /** 0 ≤ integer < below. */
  integer(below: number): number;
  /** Standard normal. */
  normal(): number;
  /** 0..n-1 in random order. */
  permutation(n: number): Int32Array;
}

/** The generator xoroshiro128+ of pure-rand, from a whole number. */
export function createRandom(seed: number): Random {
  const generator = xoroshiro128plus(seed);
  const uniform = () => uniformFloat64(generator);
  // Bootstraps draw millions; the bias of at most below / 2³² is far under what they resolve.
  const integer = (below: number) => Math.floor(((generator.next() >>> 0) / 2 ** 32) * below);
  return {
    integer,
    // Box and Muller 1958; 1 - u keeps the logarithm finite.
    normal: () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()),
    permutation: (n) => {
      const order = Int32Array.from({ length: n }, (_, i) => i);
      for (let i = n - 1; i > 0; i--) {
        const j = integer(i + 1);
        [order[i], order[j]] = [order[j]!, order[i]!];
      }
      return order;
    },
  };
}

/**
 * Of so many things as many as are wanted, drawn by chance: files are often sorted by class, so that the first ones
 * stand for nothing but themselves.
 * @returns [min(of, most)] positions, ascending
 */
export function drawnOf(of: number, most: number, random: Pick<Random, 'permutation'>): Int32Array {
  return random.permutation(of).slice(0, most).sort();
}
