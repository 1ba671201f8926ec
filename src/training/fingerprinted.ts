import { fingerprints, type Winnowing } from './fingerprints.ts';
import { realLength, type TrainingSeries } from './series.ts';
import { moveScale, stepHashes } from './stepHashes.ts';
import { Variety } from './variety.ts';

type Masked = Pick<TrainingSeries, 'x' | 'mask'>;

/** Shorter ones have too few steps to be known by. */
const FEWEST_STEPS = 8;
/** Of all lengths: what a few short series would ask for makes the others dear. */
const SHORT = 0.05;
const LONGEST_RUN = 64;
const MOST_FINGERPRINTS = 2 ** 21;
/** Of steps: beyond them those of a series are made again when it is compared. */
const MOST_HELD = 2 ** 24;
/** Others that have one fingerprint, and stretches of one series that are followed. */
const [MOST_ALIKE, MOST_FOLLOWED] = [32, 64];

/** Series whose steps are looked for in others. */
export class Fingerprinted {
  readonly #scale: Float64Array;
  readonly #winnowing: Winnowing;
  readonly #variety: Variety;
  readonly #held: Uint32Array[] = [];
  readonly #holds: boolean;
  /** Hash · 2^21 + position in the two below. */
  #keys: Float64Array | undefined;
  readonly #hashes: number[] = [];
  readonly #series: number[] = [];
  readonly #ends: number[] = [];

  constructor(
    private readonly all: readonly Masked[],
    judged: readonly Masked[],
  ) {
    const [own, theirs] = [all, judged].map((some) => some.map(({ mask }) => realLength(mask)));
    const total = own!.reduce((sum, length) => sum + length, 0);
    const { x, mask } = all[0]!;
    this.#scale = moveScale(all, x.length / Math.max(1, mask.length));
    this.#winnowing = winnowingFor([...own!, ...theirs!], total);
    this.#holds = total <= MOST_HELD;
    const places = total * theirs!.reduce((sum, length) => sum + length, 0);
    this.#variety = new Variety(places);
  }

  /** The next one of those that it was made of. */
  add(one: Masked): void {
    const hashes = stepHashes(one, this.#scale);
    const at = this.#held.length;
    this.#held.push(this.#holds ? hashes.rows : new Uint32Array(0));
    this.#variety.add(hashes);
    fingerprints(hashes.rows, this.#winnowing, (hash, end) => {
      if (this.#hashes.length >= MOST_FINGERPRINTS) return;
      this.#hashes.push(hash);
      this.#series.push(at);
      this.#ends.push(end);
    });
  }

  /** Whether a series shares a stretch with one of those that are asked for. */
  shares(one: Masked, asked: (other: number) => boolean): boolean {
    const hashes = stepHashes(one, this.#scale);
    const { rows } = hashes;
    if (rows.length < FEWEST_STEPS) return false;
    /** By series and shift: how many fingerprints say so, and where one ends. */
    const met = new Map<string, { votes: number; readonly other: number; readonly at: number; to: number }>();
    fingerprints(rows, this.#winnowing, (hash, end) => {
      for (const entry of this.#alike(hash, asked)) {
        const [other, to] = [this.#series[entry]!, this.#ends[entry]!];
        const key = `${other} ${to - end}`;
        const before = met.get(key);
        if (before) before.votes++;
        else met.set(key, { votes: 1, other, at: end, to });
      }
    });
    return [...met.values()]
      .sort((a, b) => b.votes - a.votes)
      .slice(0, MOST_FOLLOWED)
      .some(({ other, at, to }) => {
        const theirs = this.#holds ? this.#held[other]! : stepHashes(this.all[other]!, this.#scale).rows;
        const { from, length } = common(rows, at, theirs, to);
        const shorter = Math.min(rows.length, theirs.length);
        return shorter >= FEWEST_STEPS && 2 * length > shorter && this.#variety.is(hashes, from, length);
      });
  }

  *#alike(hash: number, asked: (other: number) => boolean): Generator<number> {
    this.#keys ??= Float64Array.from(this.#hashes, (one, entry) => one * MOST_FINGERPRINTS + entry).sort();
    const keys = this.#keys;
    let [low, high] = [0, keys.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (keys[middle]! < hash * MOST_FINGERPRINTS) low = middle + 1;
      else high = middle;
    }
    for (let taken = 0; taken < MOST_ALIKE && keys[low]! < (hash + 1) * MOST_FINGERPRINTS; low++) {
      const entry = keys[low]! % MOST_FINGERPRINTS;
      if (!asked(this.#series[entry]!)) continue;
      taken++;
      yield entry;
    }
  }
}

/** So that two series that share more than half of the shorter one's steps share a fingerprint. */
function winnowingFor(lengths: number[], total: number): Winnowing {
  const sorted = lengths.filter((length) => length >= FEWEST_STEPS).sort((a, b) => a - b);
  const short = sorted[Math.floor(SHORT * sorted.length)] ?? FEWEST_STEPS;
  const shared = Math.floor(short / 2) + 1;
  const run = Math.min(LONGEST_RUN, Math.ceil(shared / 2));
  // Of random hashes 2 of window + 1 are kept.
  const fewest = Math.ceil((3 * total) / MOST_FINGERPRINTS);
  return { run, window: Math.max(shared - run + 1, fewest) };
}

/** How far two series are alike before and behind a step of each: first step in the one, and how many. */
function common(a: Uint32Array, i: number, b: Uint32Array, j: number): { from: number; length: number } {
  if (a[i] !== b[j]) return { from: i, length: 0 };
  let [before, behind] = [0, 1];
  while (i - before > 0 && j - before > 0 && a[i - before - 1] === b[j - before - 1]) before++;
  while (i + behind < a.length && j + behind < b.length && a[i + behind] === b[j + behind]) behind++;
  return { from: i - before, length: before + behind };
}
