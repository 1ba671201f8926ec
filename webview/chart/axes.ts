import type { Scale, ScaleOptionsByType } from 'chart.js';
import type { TimeScale } from '../../src/attribution/timeScale.ts';
import { canvasText } from '../../src/surfaces/pageText.ts';
import { formatTick } from '../format.ts';
import type { Visible } from '../map/visible.ts';
import type { Theme } from '../theme.ts';
import type { StepTick } from './stepTick.ts';

type LinearOptions = { type: 'linear' } & DeepPartial<ScaleOptionsByType<'linear'>>;
type DeepPartial<T> = T extends (...args: never[]) => unknown
  ? T
  : T extends object
    ? { [K in keyof T]?: DeepPartial<T[K]> }
    : T;

const labelSize = 11;
/** CSS pixels. */
export const axisHeight = 20;

/** Labels may stand over the ends of their axis: room for them would push the charts out of line. */
function keepTo(axis: Scale, gutter: number): void {
  axis.width = gutter;
  axis.paddingTop = 0;
  axis.paddingBottom = 0;
}

/** Cell c is drawn from c − ½ to c + ½, so that a tick stands at the middle of its cell. */
export function limits(visible: Visible): { min: number; max: number } {
  return { min: visible.from - 0.5, max: visible.to - 0.5 };
}

/** What stands along the axis of steps: their numbers, where nothing else is said. */
interface AlongSteps {
  /** Steps a column stands for, where steps were pooled. */
  readonly stepsPerColumn?: number;
  /** Ticks of an axis that does not count steps from 0. */
  readonly ticks?: readonly StepTick[];
  /** The times of the file. */
  readonly time?: TimeScale | null;
}

/** Pixels from one time to the next. */
const perTime = 64;

/** The axis of input steps. Its height is fixed and it takes no room at the sides: all charts must line up. */
export function stepAxis(
  theme: Theme,
  visible: Visible,
  labelled: boolean,
  { stepsPerColumn = 1, ticks, time }: AlongSteps = {},
): LinearOptions {
  const within = ({ min, max, width, maxWidth }: Scale) =>
    time?.ticks(min + 0.5, max + 0.5, Math.max(1, (width || maxWidth) / perTime)) ??
    ticks?.filter(({ value }) => value >= min && value <= max);
  return {
    type: 'linear',
    display: labelled,
    ...limits(visible),
    grid: { display: false, drawTicks: false },
    border: { color: theme.grid },
    ticks: {
      color: theme.dim,
      font: { size: labelSize, family: theme.font },
      precision: 0,
      includeBounds: false,
      maxRotation: 0,
      autoSkip: !time,
      autoSkipPadding: 14,
      // A label at the very end of the axis would be cut in half.
      align: ticks?.length && !Number.isInteger(ticks.at(-1)!.value) ? 'inner' : 'center',
      callback:
        ticks || time
          ? (_, i, all) => (all as StepTick[])[i]!.label
          : (value) => (Number.isInteger(value) ? String(Number(value) * stepsPerColumn) : null),
    },
    ...((ticks || time) && {
      afterBuildTicks: (axis) => {
        axis.ticks = (within(axis) ?? []).map((tick) => ({ ...tick }));
      },
    }),
    afterFit: (axis) => {
      axis.height = labelled ? axisHeight : 0;
      axis.paddingLeft = 0;
      axis.paddingRight = 0;
    },
  };
}

/** An axis of values in a gutter of fixed width, ticked at its two ends. */
export function valueAxis(theme: Theme, gutter: number, low: number, high: number): LinearOptions {
  // The ticks of neighbouring lanes keep apart; a flat line is drawn in the middle of its lane.
  const room = high > low ? (high - low) * 0.2 : Math.abs(high) || 1;
  return {
    type: 'linear',
    min: low - room,
    max: high + room,
    grid: { display: false, drawTicks: false },
    border: { display: false },
    ticks: { color: theme.dim, font: { size: labelSize - 1, family: theme.font }, padding: 6 },
    afterBuildTicks: (axis) => {
      axis.ticks = (high > low ? [low, high] : [low]).map((value) => ({ value, label: formatTick(value) }));
    },
    afterTickToLabelConversion: (axis) => {
      for (const tick of axis.ticks) tick.label = formatTick(tick.value);
    },
    afterFit: (axis) => keepTo(axis, gutter),
  };
}

/** The axis of features: names at every row, or every few where they would crowd. */
export function featureAxis(
  theme: Theme,
  gutter: number,
  rows: number,
  height: number,
  name: (row: number) => string,
): LinearOptions {
  const every = Math.max(1, Math.ceil((rows * (labelSize + 3)) / height));
  return {
    type: 'linear',
    reverse: true,
    min: -0.5,
    max: rows - 0.5,
    grid: { display: false, drawTicks: false },
    border: { display: false },
    ticks: { color: theme.dim, font: { size: labelSize, family: theme.font }, autoSkip: false, padding: 6 },
    afterBuildTicks: (axis) => {
      axis.ticks = Array.from({ length: Math.ceil(rows / every) }, (_, i) => ({ value: i * every }));
    },
    afterTickToLabelConversion: (axis) => {
      for (const tick of axis.ticks) tick.label = canvasText(name(tick.value));
    },
    afterFit: (axis) => keepTo(axis, gutter),
  };
}
