import { decimate, type Point } from '../../src/data/decimate.ts';
import type { Visible } from '../map/visible.ts';

/** Points sorted by x already; a line breaks where there is no number. */
export const lineStyle = { pointRadius: 0, parsing: false as const, normalized: true, spanGaps: false };

/**
 * The visible part of a line and one column to each side, so that it runs on to the edges. Thin where its points
 * crowd: a thick zigzag of thousands is slow to stroke.
 * @param at index of the line's first value in `values`
 * @param values [steps]
 */
export function visibleLine(
  values: Float32Array,
  at: number,
  columns: number,
  visible: Visible,
  pixels: number,
): { data: Point[]; borderWidth: number } {
  const from = Math.max(0, Math.floor(visible.from) - 1);
  const to = Math.min(columns, Math.ceil(visible.to) + 1);
  return {
    data: decimate(values, at, from, to, pixels),
    borderWidth: to - from > pixels / 2 ? 1 / window.devicePixelRatio : 1.5,
  };
}
