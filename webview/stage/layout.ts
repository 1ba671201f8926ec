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
/** Height of a time map. */
const band = 72;

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
  const gutter = gutterFor(shown.labelWidth, width);
  const profile = 64;
  const isTimeMap = shown.rows === 1;
  // What is left of the window's height goes to the map, or to the lines where the map is a mere band.
  const free = stage.windowHeight - stage.top - strip - profile - 2 * axis - readout;
  const lane = isTimeMap ? within(64, (free - band) / shown.lanes, 110) : 52;
  // A row is never thinner than 6 px while there are not too many.
  const rows = within(
    Math.max(110, Math.min(shown.rows * 6, 360)),
    free - shown.lanes * lane,
    shown.rows * 22,
  );
  const map = (isTimeMap ? band : Math.min(rows, 560)) + axis;
  const signals = Math.round(shown.lanes * lane) + axis;
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

/** Room at the left of a plot for labels of a width. */
export function gutterFor(labelWidth: number, width: number): number {
  return Math.round(Math.max(44, Math.min(labelWidth + 14, 160, width * 0.28)));
}

function within(least: number, wanted: number, most: number): number {
  return Math.max(least, Math.min(wanted, most));
}
