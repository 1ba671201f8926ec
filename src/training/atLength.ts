import { realSteps } from '../attribution/realSteps.ts';
import { withMadeNumbers } from './madeNumbers.ts';
import { realLength, type SeriesShape, type TrainingSeries } from './series.ts';

/**
 * The series at another length: of its content, continued by its reflections, the steps from `offset` on. Padding keeps
 * its side, and its value is that of the series' own first padded step, else `fill`.
 * @param length 1..T
 * @param offset at least 0
 * @param fill [F]; 0 unless given
 */
export function atLength(
  series: TrainingSeries,
  length: number,
  offset: number,
  { features, steps }: SeriesShape,
  fill?: ArrayLike<number>,
): TrainingSeries {
  const own = realLength(series.mask);
  const mask = new Uint8Array(steps);
  const atEnd = series.mask[0] === 1 || own === 0;
  const first = atEnd ? 0 : steps - length;
  mask.fill(1, first, first + length);
  const padded = series.mask.indexOf(0);
  return withMadeNumbers({ mask, label: series.label }, () => {
    const from = series.x;
    const content = realSteps({ x: from, mask: series.mask, length: own }, { features, steps });
    const x = new Float32Array(features * steps);
    for (let f = 0; f < features; f++) {
      const value = padded < 0 ? (fill?.[f] ?? 0) : from[f * steps + padded]!;
      x.fill(value, f * steps, (f + 1) * steps);
      for (let t = 0; t < length; t++) {
        x[f * steps + first + t] = content[f * own + mirrored(t + offset, own)]!;
      }
    }
    return x;
  });
}

/** 0, 1, …, n−1, n−1, …, 1, 0, 0, 1, …: the index of a series that goes forth and back. */
export function mirrored(index: number, n: number): number {
  const at = index % (2 * n);
  return at < n ? at : 2 * n - 1 - at;
}
