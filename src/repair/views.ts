import type { Random } from '../random.ts';
import { sameButLength } from '../training/randomLength.ts';
import { realLength, type SeriesShape, type TrainingSeries } from '../training/series.ts';

/** Views per series. */
const VIEWS = 3;

/**
 * Every series at lengths drawn class by class alike, so that in the views a length says nothing about the class: cropped
 * where it is longer, reflected where it is shorter.
 * @returns views of each series in turn: x [F, T], mask [T], and which series it is of
 */
export function crossedViews(
  series: readonly TrainingSeries[],
  shape: SeriesShape,
  random: Random,
  fill?: ArrayLike<number>,
): { readonly x: Float32Array; readonly mask: Uint8Array; readonly content: number }[] {
  const classes = [...new Set(series.map(({ label }) => label))].sort((a, b) => a - b);
  const lengths = classes.map((cls) =>
    series.flatMap(({ label, mask }) => (label === cls ? [Math.max(1, realLength(mask))] : [])),
  );
  return series.flatMap((one, content) =>
    Array.from({ length: VIEWS }, () => {
      const of = lengths[random.integer(classes.length)]!;
      const length = of[random.integer(of.length)]!;
      const seen = sameButLength(one, length, shape, random, fill);
      return {
        content,
        mask: seen.mask,
        // Made when it is put to a model: together they are some times the file.
        get x() {
          return seen.x;
        },
      };
    }),
  );
}

/**
 * The real steps in reversed order; the padding stays.
 * @returns [F, T]
 */
export function backwards({ x, mask }: TrainingSeries, { features, steps }: SeriesShape): Float32Array {
  const real = [...mask.keys()].filter((t) => mask[t]);
  const turned = x.slice();
  for (let f = 0; f < features; f++) {
    real.forEach((t, k) => {
      turned[f * steps + t] = x[f * steps + real[real.length - 1 - k]!]!;
    });
  }
  return turned;
}
