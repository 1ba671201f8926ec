import { agree, count } from '../format.ts';
import { Refusal } from '../refusal.ts';
import { range, type Series, withColumns } from './series.ts';
import type { ReadyStep, Side } from './step.ts';

/** Numbers of one series, all its features, that padding may lead to. */
const MOST_VALUES = 2 ** 23;
/** Up to here what does not fit is found out by doing it, which can say more. */
const FEW_VALUES = 2 ** 18;

/** @throws Refusal `too-long` */
export function pad(series: Series, to: number, value: number | 'edge', side: Side, who: string): Series {
  const missing = to - series.steps;
  if (missing < 0) {
    throw tooLong(series.steps, to, who);
  }
  const padding = new Int32Array(missing).fill(-1);
  const kept = range(0, series.steps);
  const columns = side === 'end' ? [...kept, ...padding] : [...padding, ...kept];
  if (missing === 0) return series;
  if (value !== 'edge') return withColumns(series, Int32Array.from(columns), value);
  const padded = withColumns(series, Int32Array.from(columns), 0);
  const [from, edge] = side === 'end' ? [series.steps, series.steps - 1] : [0, missing];
  for (let feature = 0; feature < series.features; feature++) {
    const row = padded.values.subarray(feature * to, (feature + 1) * to);
    row.fill(row[edge]!, from, from + missing);
  }
  return padded;
}

/** Shorter series stay as they are. */
export function truncate(series: Series, to: number, keep: 'start' | 'end'): Series {
  if (series.steps <= to) {
    return series;
  }
  const from = keep === 'start' ? 0 : series.steps - to;
  return withColumns(series, range(from, from + to), 0);
}

/** @param who how the sentence calls the instance */
export function tooLong(steps: number, to: number, who: string): Refusal {
  return new Refusal(
    'too-long',
    `${who} has ${count(steps, 'step')}, more than the ${to} the model takes: cut a long recording into windows ("window": ${to} under "data" in attribution.json; CLI: --set data.window=${to}), let it be cut (CLI: --truncate, or "truncate" under "preprocess"), or use a model with a longer input.`,
  );
}

/** What is too much repeats one value. */
export function tooLongPadded(
  steps: number,
  to: number,
  run: number,
  end: 'trailing' | 'leading',
  who: string,
): Refusal {
  return new Refusal(
    'too-long-padded',
    `${who} has ${count(steps, 'step')}, more than the ${to} the model takes, but the ${end === 'trailing' ? 'last' : 'first'} ${count(run, 'step')} ${agree(run, 'repeats', 'repeat')} one value in every feature: if ${agree(run, 'it is', 'they are')} padding, set "mask" to "${end}" in attribution.json (CLI: --mask ${end}) and ${agree(run, 'it is', 'they are')} left out; else let it be cut (CLI: --truncate).`,
  );
}

/** @param who how the sentence calls the instance */
export function wrongLength(steps: number, to: number, who: string): Refusal {
  return new Refusal(
    'wrong-length',
    `${who} has ${steps} steps after preprocessing, the model takes ${to}; leave "to" out of "pad" and "truncate" in attribution.json, or set it to ${to}.`,
  );
}

/**
 * From a pad step on the length is the one that is written: what does not fit is said before anything is made that long.
 * @throws Refusal `wrong-length`, `pad-too-long`
 */
export function refuseWrittenLength(
  model: { readonly features: number; readonly steps: number | null },
  preprocess: readonly ReadyStep[],
  who: string,
): void {
  let steps: number | null = null;
  let longest = 0;
  for (const step of preprocess) {
    const to = step.kind === 'standardize' ? null : (step.to ?? model.steps);
    if (to === null) continue;
    if (step.kind !== 'truncate') longest = Math.max(longest, to);
    steps = step.kind === 'truncate' ? steps && Math.min(steps, to) : to;
  }
  if (longest * model.features <= FEW_VALUES) return;
  if (steps !== null && model.steps !== null && steps !== model.steps) {
    throw wrongLength(steps, model.steps, who);
  }
  if (longest * model.features > MOST_VALUES && longest !== model.steps) {
    throw new Refusal(
      'pad-too-long',
      `${who} would be padded to ${count(longest, 'step')} of ${count(model.features, 'feature')}, far more than any series has; set a smaller "to" under "pad" in attribution.json.`,
    );
  }
}
