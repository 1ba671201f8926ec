import type { ArrayShape } from './arrayShape.ts';
import type { SeriesArray } from './seriesArray.ts';

/** Whether every feature has one value on the steps that the mask gives `flag`. */
export function isConstant(
  x: SeriesArray,
  shape: ArrayShape,
  index: number,
  mask: Uint8Array,
  flag: number,
): boolean {
  const { features, length, strides } = shape;
  const { data, from } = x.instance(index, shape);
  for (let feature = 0; feature < features; feature++) {
    const at = (step: number): number => Number(data[from + feature * strides.feature + step * strides.step]);
    const first = at(mask.indexOf(flag));
    for (let step = 0; step < length; step++) {
      if (mask[step] === flag && !Object.is(at(step), first)) return false;
    }
  }
  return true;
}
