import { percent } from '../padding/wording.ts';
import type { SeriesShape } from '../training/series.ts';
import { maskInside, type PaddingLook } from './dropIn.ts';

/** Of all series, that may have another mask inside the model than they have in the data. */
const MOST_WRONG = 0.005;

interface Padded {
  readonly x: Float32Array;
  readonly mask: Uint8Array;
}

/** What tells padding from series, and how often that is wrong on these data. */
export interface KnownPadding extends PaddingLook {
  /** Share of series whose mask inside the model is not that of the data. */
  readonly wrong: number;
}

/** @returns the padding as a model can recognise it, at either end where that does no harm; or why it cannot */
export function paddingLook(
  series: readonly Padded[],
  { features, steps }: SeriesShape,
): KnownPadding | string {
  const first = series.find(({ mask }) => mask.includes(0));
  if (!first) return 'No instance is padded.';
  const at = first.mask.indexOf(0);
  const { x: firstX } = first;
  const value = Array.from({ length: features }, (_, f) => firstX[f * steps + at]!);
  const own = series.every(({ mask }) => mask[0] === 1 || !mask.includes(0)) ? 'end' : 'front';
  const sides = ['both', own] as const;
  const wrong = [0, 0];
  // Once over all: numbers that are made when they are looked at cost as much as reading them.
  for (const { x, mask } of series) {
    if (mask.some((real, t) => real === 0 && value.some((fill, f) => x[f * steps + t] !== fill))) {
      return 'The padding does not hold one value per feature, so a mask cannot be computed from the series.';
    }
    for (const [k, side] of sides.entries()) {
      const inside = maskInside(x, steps, { side, value });
      if (inside.some((real, t) => real !== mask[t])) wrong[k]!++;
    }
  }
  const [both, alone] = sides.map((side, k) => ({ side, value, wrong: wrong[k]! / series.length }));
  const found = both!.wrong <= MOST_WRONG ? both! : alone!;
  if (found.wrong <= MOST_WRONG) return found;
  return `A mask computed from the padding value would be wrong for ${percent(found.wrong)} of the series (at most ${100 * MOST_WRONG} % is allowed): series end or begin in values that look like padding, or padding stands between real steps.`;
}
