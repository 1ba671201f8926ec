import type { TrainingSeries } from './series.ts';

type Masked = Pick<TrainingSeries, 'x' | 'mask'>;

/** The real steps of a series as numbers that are alike where the values of all features are. */
export interface StepHashes {
  /** [L] of each real step. */
  readonly rows: Uint32Array;
  /** [L] of the way from the step before, each feature's in 256ths of `scale`; of the first step, of the step itself. */
  readonly moves: Uint32Array;
}

const [SEED, PRIME] = [0x811c9dc5, 0x01000193];
const PARTS = 256;
const word = new Float32Array(1);
const bits = new Int32Array(word.buffer);

/** @param scale [F] */
export function stepHashes({ x, mask }: Masked, scale: Float64Array): StepHashes {
  const steps = mask.length;
  const real = mask.reduce((count, one) => count + Number(one === 1), 0);
  const rows = new Uint32Array(real).fill(SEED);
  const moves = new Uint32Array(real).fill(SEED);
  for (let f = 0; f < scale.length; f++) {
    let before = Number.NaN;
    for (let t = 0, at = 0; t < steps; t++) {
      if (mask[t] !== 1) continue;
      const value = x[f * steps + t]!;
      rows[at] = Math.imul(rows[at]! ^ bitsOf(value), PRIME);
      const move = Math.round(((value - before) / scale[f]!) * PARTS);
      moves[at] = Math.imul(moves[at]! ^ (Number.isFinite(move) ? move : bitsOf(value)), PRIME);
      before = value;
      at++;
    }
  }
  for (let at = 0; at < real; at++) {
    rows[at] = mixed(rows[at]!);
    moves[at] = mixed(moves[at]!);
  }
  return { rows, moves };
}

/** [F] root mean square of the ways from one real step to the next, where there is one, over some of the series. */
export function moveScale(series: readonly Masked[], features: number): Float64Array {
  const [squares, counts] = [new Float64Array(features), new Float64Array(features)];
  for (let i = 0; i < series.length; i += Math.ceil(series.length / MOST_LOOKED_AT)) {
    const { x, mask } = series[i]!;
    for (let f = 0; f < features; f++) {
      let before = Number.NaN;
      for (let t = 0; t < mask.length; t++) {
        if (mask[t] !== 1) continue;
        const value = x[f * mask.length + t]!;
        const square = (value - before) ** 2;
        if (square > 0) {
          squares[f]! += square;
          counts[f]!++;
        }
        before = value;
      }
    }
  }
  return squares.map((sum, f) => Math.sqrt(sum / counts[f]!) || 1);
}

const MOST_LOOKED_AT = 200;

/** −0 as 0, and every NaN as one. */
function bitsOf(value: number): number {
  word[0] = value === 0 ? 0 : value;
  return Number.isNaN(value) ? 0x7fc00000 : bits[0]!;
}

/** A mixing of 32 bits that every bit takes part in. */
export function mixed(number: number): number {
  let h = Math.imul(number ^ (number >>> 16), 0x7feb352d);
  h = Math.imul(h ^ (h >>> 15), 0x846ca68b);
  return (h ^ (h >>> 16)) >>> 0;
}
