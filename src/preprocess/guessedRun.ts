import { areAlike, constantRun, type EndFill } from './constantRun.ts';

/**
 * A constant run that nobody has called padding: 0 where the same value stands as long on the way, as the zeros of counts
 * do, unless the file's padding is known.
 * @param values [F, L] raw
 */
export function guessedRun(
  values: Float64Array,
  features: number,
  length: number,
  end: 'trailing' | 'leading',
  fill?: EndFill,
): number {
  const run = constantRun(values, features, length, end, fill);
  return run > 0 && fill === undefined && comesAsLong(values, features, length, run, end) ? 0 : run;
}

/** Whether the value of a run stands in every feature on as many steps one after the other, away from the ends. */
function comesAsLong(
  values: Float64Array,
  features: number,
  length: number,
  run: number,
  end: 'trailing' | 'leading',
): boolean {
  const of = end === 'trailing' ? length - 1 : 0;
  const same = (step: number): boolean => areAlike(values, features, length, step, of);
  let [first, last] = [0, length - 1];
  while (first < length && same(first)) first++;
  while (last > first && same(last)) last--;
  let inner = 0;
  for (let step = first; step <= last; step++) {
    inner = same(step) ? inner + 1 : 0;
    if (inner >= run) return true;
  }
  return false;
}
