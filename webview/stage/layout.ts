import { axisHeight } from '../chart/axes.ts';

/** Sizes of the plots in CSS pixels, all from the stage's width, the window's height and what is shown. */
export interface Layout {
  readonly width: number;
  /** Room at the left for names and numbers, the same for every plot. */
  readonly gutter: number;
  /** Room at the right of the columns. */
  readonly right: number;
  /** The colour bar stands beside the map, not below it. */
  readonly barBeside: boolean;
  readonly profile: number;
  readonly map: number;
  readonly signals: number;
}

const barWidth = 76;
const axis = axisHeight;
const strip = 18;
const readout = 46;

/**
 * @param stage its width, its top edge in the page and the height of the window
 * @param shown.labelWidth widest name or number the gutter has to hold
 */
export function layOut(
  stage: { width: number; top: number; windowHeight: number },
  shown: { rows: number; lanes: number; labelWidth: number },
): Layout {
  const { width } = stage;
  const barBeside = width >= 480;
  const gutter = Math.round(Math.max(44, Math.min(shown.labelWidth + 10, 150, width * 0.28)));
  const lane = shown.rows > 1 ? 52 : 64;
  const signals = shown.lanes * lane + axis;
  const profile = 64;
  // The map takes the height that is left, but a row is never thinner than 6 px while there are not too many.
  const left = stage.windowHeight - stage.top - strip - profile - axis - signals - readout;
  const rows = Math.max(Math.min(shown.rows * 6, 360), Math.min(left, shown.rows * 22, 560));
  const map = (shown.rows > 1 ? Math.max(110, rows) : 72) + axis;
  return {
    width,
    gutter,
    right: barBeside ? barWidth : 12,
    barBeside,
    profile,
    map: Math.round(map),
    signals,
  };
}
