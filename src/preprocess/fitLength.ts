import { count } from '../data/count.ts';
import { Refusal } from '../refusal.ts';
import { range, type Series, withColumns } from './series.ts';
import type { Side } from './step.ts';

/** @throws Refusal `too-long` */
export function pad(series: Series, to: number, value: number, side: Side, who: string): Series {
  const missing = to - series.steps;
  if (missing < 0) {
    throw tooLong(series.steps, to, who);
  }
  const padding = new Int32Array(missing).fill(-1);
  const kept = range(0, series.steps);
  const columns = side === 'end' ? [...kept, ...padding] : [...padding, ...kept];
  return missing === 0 ? series : withColumns(series, Int32Array.from(columns), value);
}

/** Shorter series stay as they are. */
export function truncate(series: Series, to: number, keep: 'start' | 'end'): Series {
  if (series.steps <= to) {
    return series;
  }
  const from = keep === 'start' ? 0 : series.steps - to;
  return withColumns(series, range(from, from + to), 0);
}

export function tooLong(steps: number, to: number, who: string): Refusal {
  return new Refusal(
    'too-long',
    `${who} has ${count(steps, 'step')}, more than the ${to} the model takes; let it be cut (CLI: --truncate, or "truncate" under "preprocess" in attribution.json) or use a model with a longer input.`,
  );
}
