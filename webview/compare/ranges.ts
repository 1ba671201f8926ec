import type { Raster } from '../../src/attribution/explanation.ts';
import { type ColourRange, colourRange } from '../../src/raster/colourRange.ts';
import type { RunMap } from '../../src/runs/run.ts';

/** One range for both maps, so that a colour means the same number on either side. */
export function sharedRange(a: RunMap, b: RunMap): ColourRange {
  const [left, right] = [a, b].map((map) => colourRange(map, map.mask, false)) as [ColourRange, ColourRange];
  const high = Math.max(left.high, right.high);
  const signed = left.signed || right.signed;
  return {
    low: signed ? -high : 0,
    high,
    signed,
    over: 'all steps',
    beyond: null,
    allZero: left.allZero && right.allZero,
    notFinite: left.notFinite + right.notFinite,
  };
}

/** Which side the shared scale all but blanks, and by how much; null where both show. */
export function faintSide(a: RunMap, b: RunMap): { readonly side: 'A' | 'B'; readonly share: number } | null {
  const [high, other] = [a, b].map((map) => colourRange(map, map.mask, false).high) as [number, number];
  const share = Math.min(high, other) / Math.max(high, other);
  return share > 0 && share < 0.05 ? { side: high < other ? 'A' : 'B', share } : null;
}

/** As far as the maps' own colours go, on both sides of 0; further only where a difference is larger than either map. */
export function differenceRange(difference: Raster, shared: ColourRange): ColourRange {
  let most = shared.high;
  for (const value of difference.values) if (Math.abs(value) > most) most = Math.abs(value);
  return { ...shared, low: -most, high: most, signed: true };
}
