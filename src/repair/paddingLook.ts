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
  const padded = series.filter(({ mask }) => mask.includes(0));
  const first = padded[0];
  if (!first) return 'No instance is padded.';
  const at = first.mask.indexOf(0);
  const value = Array.from({ length: features }, (_, f) => first.x[f * steps + at]!);
  const one = padded.every(({ x, mask }) =>
    mask.every((real, t) => real === 1 || value.every((fill, f) => x[f * steps + t] === fill)),
  );
  if (!one)
    return 'The padding does not hold one value per feature, so a mask cannot be computed from the series.';
  const own = padded.every(({ mask }) => mask[0] === 1) ? 'end' : 'front';
  const [both, alone] = (['both', own] as const).map((side) => {
    const look = { side, value };
    const wrong = series.filter(({ x, mask }) =>
      maskInside(x, steps, look).some((real, t) => real !== mask[t]),
    );
    return { ...look, wrong: wrong.length / series.length };
  });
  const found = both!.wrong <= MOST_WRONG ? both! : alone!;
  if (found.wrong <= MOST_WRONG) return found;
  return `A mask computed from the padding value would be wrong for ${percent(found.wrong)} of the series (at most ${100 * MOST_WRONG} % is allowed): series end or begin in values that look like padding, or padding stands between real steps.`;
}
