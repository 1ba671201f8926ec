import type { Random } from '../random.ts';
import { atLength } from './atLength.ts';
import { realLength, type SeriesShape, type TrainingSeries } from './series.ts';

/**
 * For training: a random window where the series is longer, else the series and its reflections from any of its steps
 * on, in either direction; so it is another one at its own length, too.
 * @param length 1..T
 * @param fill [F], of the padding where the series has none; 0 unless given
 */
export function atRandomPlace(
  series: TrainingSeries,
  length: number,
  shape: SeriesShape,
  random: Random,
  fill?: ArrayLike<number>,
): TrainingSeries {
  const own = realLength(series.mask);
  const offset = own > length ? random.integer(own - length + 1) : random.integer(Math.max(1, 2 * own));
  return atLength(series, length, offset, shape, fill);
}

/**
 * For judging: nothing but the length is another one. A random window where the series is longer; where it is shorter,
 * all of it as it is and then its reflections; the series itself at its own length.
 * @param length 1..T
 * @param fill [F], of the padding where the series has none; 0 unless given
 */
export function sameButLength(
  series: TrainingSeries,
  length: number,
  shape: SeriesShape,
  random: Random,
  fill?: ArrayLike<number>,
): TrainingSeries {
  const own = realLength(series.mask);
  if (own === length) return series;
  return atLength(series, length, own > length ? random.integer(own - length + 1) : 0, shape, fill);
}
