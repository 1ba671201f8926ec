import type { Chart, Plugin } from 'chart.js';
import type { TimeScale } from '../../src/attribution/timeScale.ts';
import type { Visible } from '../map/visible.ts';
import type { PageScene } from '../scene.ts';
import type { Theme } from '../theme.ts';
import { type HatchStrength, hatch } from './hatch.ts';
import type { StepTick } from './stepTick.ts';

/** What a map is drawn from: set by its stage, read at each frame. */
export interface MapDrawing {
  scene: Pick<PageScene, 'rows' | 'padding' | 'boundaries'> & {
    readonly stepsPerColumn?: number;
    readonly ticks?: readonly StepTick[];
    readonly time?: TimeScale | null;
  };
  theme: Theme;
  visible: Visible;
}

/** What the charts of one explanation draw from. */
export interface Drawing extends MapDrawing {
  scene: PageScene;
}

/** Hatches the padding of a chart and draws a dashed line wherever real steps and padding meet. */
export function paddingMarks(drawing: MapDrawing, strength: HatchStrength): Plugin<'line'> {
  const mark = (chart: Chart) => {
    const { scene, theme, visible } = drawing;
    const { left, right, top, bottom } = chart.chartArea;
    const context = chart.ctx;
    const x = (edge: number) => left + ((edge - visible.from) / (visible.to - visible.from)) * (right - left);
    context.save();
    context.beginPath();
    context.rect(left, top, right - left, bottom - top);
    context.clip();
    const seen = scene.padding.filter((run) => run.to > visible.from && run.from < visible.to);
    for (const empty of [false, true]) {
      const runs = seen.filter((run) => run.empty === empty);
      if (!runs.length) continue;
      context.fillStyle = hatch(context, theme, empty, strength);
      for (const run of runs) context.fillRect(x(run.from), top, x(run.to) - x(run.from), bottom - top);
    }
    dashed(context, scene.boundaries.map(x), top, bottom, theme);
    context.restore();
  };
  return strength === 'over-map'
    ? { id: 'padding', afterDatasetsDraw: mark }
    : { id: 'padding', beforeDatasetsDraw: mark };
}

/** Light dashes on a dark line, so that it shows on any colour. */
function dashed(
  context: CanvasRenderingContext2D,
  places: number[],
  top: number,
  bottom: number,
  theme: Theme,
): void {
  context.beginPath();
  for (const place of places) {
    context.moveTo(Math.round(place), top);
    context.lineTo(Math.round(place), bottom);
  }
  context.lineWidth = 2;
  context.strokeStyle = theme.background;
  context.stroke();
  context.setLineDash([5, 3]);
  context.strokeStyle = theme.foreground;
  context.stroke();
}
