import type { Raster } from '../attribution/explanation.ts';

/** Values at the two ends of the colour table; symmetric about 0 where the map has negative values. */
export interface ColourRange {
  readonly low: number;
  readonly high: number;
  readonly signed: boolean;
  /** Which columns the range was taken from. */
  readonly over: 'all steps' | 'real steps';
  /** Largest |value| beyond the range, drawn in the end colour; null when nothing is. */
  readonly beyond: number | null;
  /** True when every finite value of the map is 0. */
  readonly allZero: boolean;
  /** Values that are not finite; they are left blank. */
  readonly notFinite: number;
}

/**
 * The range colours are spread over. Numbers are never changed by it.
 * @param mask [columns] 1 on real steps
 * @param realOnly leave padding out; where the real steps are all zero there is no such range and all steps count
 */
export function colourRange(map: Raster, mask: Uint8Array, realOnly: boolean): ColourRange {
  const { values, columns } = map;
  let [all, real, lowest, notFinite] = [0, 0, 0, 0];
  for (let i = 0, column = 0; i < values.length; i++, column++) {
    if (column === columns) column = 0;
    const value = values[i]!;
    if (!Number.isFinite(value)) {
      notFinite++;
      continue;
    }
    const size = Math.abs(value);
    if (size > all) all = size;
    if (size > real && mask[column] === 1) real = size;
    if (value < lowest) lowest = value;
  }
  const overReal = realOnly && real > 0;
  const high = overReal ? real : all;
  return {
    low: lowest < 0 ? -high : 0,
    high,
    signed: lowest < 0,
    over: overReal ? 'real steps' : 'all steps',
    beyond: all > high ? all : null,
    allZero: all === 0,
    notFinite,
  };
}
