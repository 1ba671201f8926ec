import type { Raster } from '../../src/attribution/explanation.ts';
import { ranks } from '../../src/evaluation/spearman.ts';
import { type ColourRange, colourRange } from '../../src/raster/colourRange.ts';
import type { Run, RunMap } from '../../src/runs/run.ts';
import { differenceRange, sharedRange } from './ranges.ts';

/** In which units two maps stand beside each other. */
export type CompareScale = 'shared' | 'own' | 'rank';

interface Side {
  readonly raster: Raster;
  readonly range: ColourRange;
}

/** Two maps and their difference as they are drawn. */
interface Scaled {
  readonly a: Side;
  readonly b: Side;
  /** In the units of the scale; null where the maps do not fit. */
  readonly difference: Side | null;
}

/** Numbers of one method at one layer can be held against each other; those of others have units of their own. */
export function usualScale({ facts: a }: Run, { facts: b }: Run): CompareScale {
  return a.how.method === b.how.method && a.how.layer === b.how.layer ? 'shared' : 'own';
}

/** @param difference B − A in the maps' own numbers; null where they do not fit */
export function scaled(a: RunMap, b: RunMap, difference: Raster | null, scale: CompareScale): Scaled {
  if (scale === 'shared') {
    const range = sharedRange(a, b);
    const sides = { a: { raster: a, range }, b: { raster: b, range } };
    return {
      ...sides,
      difference: difference && { raster: difference, range: differenceRange(difference, range) },
    };
  }
  const own = (map: RunMap): Side => ({ raster: map, range: colourRange(map, map.mask, false) });
  const [left, right] = scale === 'own' ? [own(a), own(b)] : [ranked(a), ranked(b)];
  if (!difference) return { a: left, b: right, difference: null };
  const share = ({ raster, range }: Side, i: number) => raster.values[i]! / (range.high || 1);
  const values = difference.values.map((_, i) => share(right, i) - share(left, i));
  const made = { ...difference, values };
  return { a: left, b: right, difference: { raster: made, range: differenceRange(made, unit) } };
}

/** Places among all cells by size: 0 the weakest, 1 the strongest; the sign stays. */
function ranked(map: RunMap): Side {
  const places = ranks(map.values.map((value) => Math.abs(value) || 0));
  const last = Math.max(1, map.values.length - 1);
  const values = map.values.map((value, i) => (Math.sign(value) || 1) * ((places[i]! - 1) / last));
  const signed = map.values.some((value) => value < 0);
  return { raster: { ...map, values }, range: { ...unit, low: signed ? -1 : 0, signed } };
}

const unit: ColourRange = {
  ...{ low: 0, high: 1, signed: false, over: 'all steps' },
  ...{ beyond: null, allZero: false, notFinite: 0 },
};
