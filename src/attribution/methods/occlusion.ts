import { Refusal } from '../../refusal.ts';
import type { Rectangle } from '../rectangle.ts';
import { scoreValue } from '../score.ts';
import type { Inquiry } from './inquiry.ts';
import type { RunsMethod } from './method.ts';

export const occlusion: RunsMethod<'occlusion'> = {
  kind: 'runs',
  id: 'occlusion',
  label: 'Occlusion',
  formula: 'y(x) − y(x with a window replaced); a cell has the mean of the windows over it',
  paper: 'Zeiler & Fergus 2014',
  caveat:
    'Where the replacement equals what stands there, as zero on zero padding, nothing changes and the map is 0: that is NOT evidence that padding is unused. Replace by something else to ask that.',
  at: 'input',
  needsGradient: false,
  relu: false,
  realOnly: 'only real steps are replaced',
  isLinear: true,
  options: ['replacement', 'window', 'stride', 'seed'],
  isQuick: false,
  async explain(inquiry) {
    const { x, steps, logits, scores, withoutWindows } = inquiry;
    const windows = windowsOf(inquiry);
    const answers = await withoutWindows(windows);
    const counts = new Float64Array(x.length);
    const sums = scores.map(() => new Float64Array(x.length));
    for (const [w, { rows, columns }] of windows.entries()) {
      const drops = scores.map((score) => scoreValue(score, logits) - scoreValue(score, answers[w]!));
      for (let row = rows[0]; row < rows[1]; row++) {
        for (let i = row * steps + columns[0]; i < row * steps + columns[1]; i++) {
          counts[i]!++;
          for (const [s, drop] of drops.entries()) sums[s]![i]! += drop;
        }
      }
    }
    return { maps: sums.map((sum) => Float32Array.from(sum, (value, i) => value / (counts[i]! || 1))) };
  },
};

const MOST_WINDOWS = 50_000;

function windowsOf({ features, steps, options }: Inquiry): Rectangle[] {
  const { window, stride } = options;
  const tall = Math.min(features, window.features ?? features);
  const wide = Math.min(steps, window.steps);
  const rows = spans(features, tall, stride ? (stride.features ?? features) : tall);
  const columns = spans(steps, wide, stride ? stride.steps : wide);
  const count = rows.length * columns.length;
  if (count > MOST_WINDOWS) {
    throw new Refusal(
      'too-many-windows',
      `Occluding ${features} × ${steps} cells with these windows takes ${count} runs of the model; at most ${MOST_WINDOWS} are done. Choose a larger window or stride.`,
    );
  }
  return rows.flatMap((row) => columns.map((column) => ({ rows: row, columns: column })));
}

/** From..to of windows over `length`, the last one cut at the end. */
function spans(length: number, size: number, stride: number): (readonly [number, number])[] {
  const count = Math.ceil((length - size) / stride) + 1;
  return Array.from({ length: count }, (_, i) => [i * stride, Math.min(length, i * stride + size)] as const);
}
