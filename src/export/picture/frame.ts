import type { Explanation } from '../../attribution/explanation.ts';
import { textWidth } from './textWidth.ts';

/** Where things stand, in pixels; the picture is drawn at any multiple of them. */
export interface Frame {
  readonly width: number;
  readonly height: number;
  /** The map. */
  readonly map: Box;
  /** The strip of zones above it. */
  readonly strip: Box;
  /** One lane per line below it. */
  readonly lanes: readonly Box[];
  /** Baseline of the axis numbers. */
  readonly axis: number;
  /** Baseline of the first line of the foot. */
  readonly foot: number;
}

/** Pixels of the picture. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Pixels. */
export const WIDTH = 920;
/** Pixels of a label's letters. */
export const LABEL = 11;
const MOST_GUTTER = 190;
const LEAST_GUTTER = 56;
const RIGHT = 96;
const LANE = 46;

/** @param head lines above, @param foot lines below */
export function frameOf(
  explanation: Explanation,
  lanes: readonly string[],
  head: number,
  foot: number,
): Frame {
  const { map } = explanation;
  const names = [...lanes, ...(map.rows > 1 ? explanation.signals.features : [])];
  const widest = Math.max(0, ...names.slice(0, 2000).map((name) => textWidth(name, LABEL)));
  const left = Math.round(Math.min(MOST_GUTTER, Math.max(LEAST_GUTTER, widest + 24)));
  const width = WIDTH - left - RIGHT;
  const top = 70 + head * 18;
  const height = map.rows === 1 ? 64 : Math.min(520, Math.max(64, map.rows * (map.rows > 12 ? 14 : 20)));
  const axis = top + height + 16;
  const first = axis + 26;
  const boxes = lanes.map((_, i) => ({ left, top: first + i * LANE, width, height: LANE - 6 }));
  const below = lanes.length > 0 ? first + lanes.length * LANE + 18 : axis + 30;
  return {
    width: WIDTH,
    height: below + (foot - 1) * 16 + 16,
    map: { left, top, width, height },
    strip: { left, top: top - 22, width, height: 16 },
    lanes: boxes,
    axis,
    foot: below,
  };
}

/** Left edge of a column, 0-based, of so many. */
export function xOf({ left, width }: Box, column: number, columns: number): number {
  return left + (width * column) / columns;
}
