import { mixed, type StepHashes } from './stepHashes.ts';

/** Counts of steps are kept by 20 bits of their hash: of very many steps each then counts as more frequent than it is. */
const BITS = 20;
/** Steps before one without which it says nothing new. */
const CONTEXT = 3;
/** That a stretch of series that have nothing to do with each other passes: once in a million files. */
const RARE = 20;

/**
 * Whether a stretch says enough for two series not to share it by chance: a step that comes again behind the same three
 * counts once, each other one −log2 of how frequent it is, and −log2 of how frequent the way to it is; the less of both
 * sums must exceed that of the places where two stretches could have met by 20 bits.
 */
export class Variety {
  readonly #rows = new Uint32Array(2 ** BITS);
  readonly #moves = new Uint32Array(2 ** BITS);
  #total = 0;

  /** @param places pairs of steps that are compared */
  constructor(private readonly places: number) {}

  add({ rows, moves }: StepHashes): void {
    for (let t = 0; t < rows.length; t++) {
      this.#rows[rows[t]! >>> (32 - BITS)]!++;
      this.#moves[moves[t]! >>> (32 - BITS)]!++;
    }
    this.#total += rows.length;
  }

  /** Of a stretch that stands among what was added. */
  is({ rows, moves }: StepHashes, from: number, length: number): boolean {
    const wanted = RARE + Math.log2(this.places);
    const seen = new Set<number>();
    let [byRows, byMoves] = [0, 0];
    for (let t = from; t < from + length; t++) {
      let context = 0;
      for (let at = Math.max(from, t - CONTEXT); at <= t; at++) context = mixed(context + rows[at]!);
      if (seen.has(context)) continue;
      seen.add(context);
      const row = this.#bits(this.#rows, rows[t]!);
      byRows += row;
      byMoves += t === from ? row : this.#bits(this.#moves, moves[t]!);
      if (Math.min(byRows, byMoves) > wanted) return true;
    }
    return false;
  }

  #bits(counts: Uint32Array, hash: number): number {
    return Math.log2(this.#total / Math.max(1, counts[hash >>> (32 - BITS)]!));
  }
}
