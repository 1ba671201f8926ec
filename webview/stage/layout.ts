import { axisHeight } from '../chart/axes.ts';

/** Sizes of the plots in CSS pixels, all from the stage's width, the window's height and what is shown. */
export interface StageLayout {
  readonly width: number;
  /** Room at the left for names and numbers, the same for every plot. */
  readonly gutter: number;
  /** Room at the right of the columns. */
  readonly right: number;
  /** The colour bar stands beside the map, not below it. */
  readonly barBeside: boolean;
  /** 0 where there is no room for it. */
  readonly profile: number;
  readonly map: number;
  readonly signals: number;
}

const barWidth = 76;
const axis = axisHeight;
const strip = 18;
const readout = 46;
/** Height of the profile where there is room. */
const tallest = 64;
/** Of the window, for the map beside whatever is asked below it. */
const leastShare = 0.4;
/** Height of a time map. */
const band = 72;

/**
 * @param stage its width, its top edge in the page, the height of the window, and what of it is covered below
 * @param shown.labelWidth widest name or number the gutter has to hold
 */
export function layOut(
  stage: { width: number; top: number; windowHeight: number; below: number },
  shown: { rows: number; lanes: number; labelWidth: number },
): StageLayout {
  const { width } = stage;
  const barBeside = width >= 480;
  const gutter = gutterFor(shown.labelWidth, width);
  const isTimeMap = shown.rows === 1;
  const room = stage.windowHeight - stage.top - strip - readout;
  // Half of the window is the map's, whatever else there is; the profile gets of what is left.
  const least = Math.ceil(stage.windowHeight / 2);
  const profile = isTimeMap ? tallest : profileIn(room - stage.below - least);
  const free = room - profile - axis;
  const lane = isTimeMap ? within(64, (free - band - axis) / shown.lanes, 110) : 52;
  const wanted = Math.min(free - shown.lanes * lane, shown.rows * 22 + axis, 580);
  // What stands over the lower edge covers no row; the map shrinks for it, but not without end.
  const seen = Math.max(room - stage.below - profile, stage.windowHeight * leastShare);
  const map = isTimeMap ? band + axis : Math.min(Math.max(least, wanted), seen);
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

function profileIn(room: number): number {
  return room < tallest / 2 ? 0 : Math.min(room, tallest);
}

/** Room at the left of a plot for labels of a width. */
export function gutterFor(labelWidth: number, width: number): number {
  return Math.round(Math.max(44, Math.min(labelWidth + 14, 160, width * 0.28)));
}

function within(least: number, wanted: number, most: number): number {
  return Math.max(least, Math.min(wanted, most));
}
