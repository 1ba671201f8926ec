import type { Explanation } from '../../attribution/explanation.ts';
import { profile } from '../../attribution/profile.ts';
import { type ColourRange, colourRange } from '../../raster/colourRange.ts';
import { type Level, levelOf } from './level.ts';

/** What the rows of one instance got, worked out once per picture. */
export interface Heat {
  readonly explanation: Explanation;
  /** [T] attribution of each step: the time map itself, or the mean over features. */
  readonly steps: Float32Array;
  readonly stepRange: ColourRange;
  /** [T] */
  readonly levels: Int8Array;
  /** Of the cells of a feature × time map; null on a time map, which says nothing about cells. */
  readonly cellRange: ColourRange | null;
  /** 1-based line that holds the whole instance; rows carry heat only where a row is a step. */
  readonly singleLine: number | null;
}

/** The scale goes to the strongest step, padding included, as in the panel. */
export function heatOf(explanation: Explanation): Heat {
  const { map, padding, instance } = explanation;
  const steps = profile(map);
  const stepRange = colourRange({ values: steps, rows: 1, columns: steps.length }, padding.mask, false);
  const { high, signed } = stepRange;
  return {
    explanation,
    steps,
    stepRange,
    levels: new Int8Array(steps.length).map((_, step) => levelOf(steps[step]!, high, signed)),
    cellRange: map.rows > 1 ? colourRange(map, padding.mask, false) : null,
    singleLine: singleLine(instance.lines),
  };
}

/** Level of a cell of a feature × time map, 0 on a time map. */
export function cellLevel({ explanation: { map }, cellRange }: Heat, feature: number, step: number): Level {
  return cellRange ? levelOf(map.values[feature * map.columns + step]!, cellRange.high, cellRange.signed) : 0;
}

function singleLine(lines: Int32Array): number | null {
  const first = lines.find((line) => line > 0);
  if (first === undefined) return null;
  const isOne = lines.every((line) => line === 0 || line === first);
  return isOne && lines.indexOf(first) < lines.lastIndexOf(first) ? first : null;
}
