import type { Plugin } from 'chart.js';
import type { Theme } from '../theme.ts';

/** Intervals over lying bars; a bar without one has null. */
export function whiskers(ranges: readonly (readonly [number, number] | null)[], theme: Theme): Plugin<'bar'> {
  return {
    id: 'intervals',
    afterDatasetsDraw({ ctx, scales }) {
      ctx.save();
      ctx.strokeStyle = theme.foreground;
      ctx.lineWidth = 1;
      ranges.forEach((range, row) => {
        if (!range) return;
        const [low, high] = range;
        const y = Math.round(scales.y!.getPixelForValue(row)) + 0.5;
        const [left, right] = [scales.x!.getPixelForValue(low), scales.x!.getPixelForValue(high)];
        ctx.beginPath();
        ctx.moveTo(left, y);
        ctx.lineTo(right, y);
        for (const x of [left, right]) {
          ctx.moveTo(x, y - 4);
          ctx.lineTo(x, y + 4);
        }
        ctx.stroke();
      });
      ctx.restore();
    },
  };
}
