import type { Chart, Plugin } from 'chart.js';
import { axisHeight } from './axes.ts';
import type { MapDrawing } from './paddingMarks.ts';
import { shortened } from './shortened.ts';

/** Says in the gutter that the axis of a chart shows the file's times, and in which unit. */
export function axisTitle(drawing: MapDrawing): Plugin<'line'> {
  return {
    id: 'axisTitle',
    afterDraw: ({ ctx, chartArea: { left, bottom } }: Chart) => {
      const { scene, theme } = drawing;
      if (!scene.time) return;
      ctx.save();
      ctx.font = `italic 11px ${theme.font}`;
      ctx.fillStyle = theme.dim;
      ctx.textAlign = 'right';
      ctx.textBaseline = 'middle';
      ctx.fillText(shortened(scene.time.shortTitle, left - 12, ctx), left - 8, bottom + axisHeight / 2);
      ctx.restore();
    },
  };
}
