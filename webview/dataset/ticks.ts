import type { Alignment } from '../../src/overview/overview.ts';
import type { StepTick } from '../chart/stepTick.ts';

const STEPS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000];

/** Ticks where columns do not count from 0: steps before the last one, or parts of the way. Undefined where they do. */
export function ticksOf(
  alignment: Alignment,
  columns: number,
  stepsPerColumn: number,
): readonly StepTick[] | undefined {
  if (alignment === 'start') return undefined;
  if (alignment === 'relative') {
    return [0, 20, 40, 60, 80, 100].map((percent) => ({
      // The axis ends within its last cell; its two ends are the edges of cells, not their middles.
      value: Math.min(columns - 0.5, (percent / 100) * columns - 0.5),
      label: `${percent} %`,
    }));
  }
  const steps = (columns - 1) * stepsPerColumn;
  const every = STEPS.find((step) => steps / step <= 8) ?? 10_000;
  return Array.from({ length: Math.floor(steps / every) + 1 }, (_, k) => ({
    value: columns - 1 - (k * every) / stepsPerColumn,
    label: k === 0 ? '0' : `−${k * every}`,
  })).reverse();
}
