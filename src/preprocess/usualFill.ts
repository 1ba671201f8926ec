import type { Instance } from '../data/dataset.ts';
import type { EndFill } from './constantRun.ts';
import { guessedRun } from './guessedRun.ts';
import { isRepeatedAtEndOnly } from './repeatedSteps.ts';

/** What a file pads with, where the padding of several series shows it. */
export interface FileFill {
  readonly trailing?: EndFill;
  readonly leading?: EndFill;
}

const MOST_LOOKED_AT = 100;
/** Numbers, so that long series do not cost. */
const MOST_NUMBERS = 2_000_000;
/** Of the deviation of a series. */
const MEAN_ROUNDING = 0.005;
const SCALE_ROUNDING = 0.01;
/** Arguments of one call. */
const MOST_SPREAD = 50_000;
/** Series that end in the same numbers, before one that has a single step of them counts as padded too. */
const FEWEST = 2;

const known = new WeakMap<readonly Instance[], FileFill>();

/**
 * What the series of a file are padded with: numbers that at least two of them repeat at an end, more than any other; or
 * a number of each one's own that follows neither from its mean nor from scaling it after it was padded: the value that
 * it ends with.
 * @param features how many each instance has
 */
export function usualFill(instances: readonly Instance[], features: number): FileFill {
  let fill = known.get(instances);
  if (!fill) {
    const every = Math.ceil(instances.length / MOST_LOOKED_AT);
    const looked = within(instances.filter(({ mask }, at) => at % every === 0 && !mask));
    fill = {
      trailing: mostOften(looked, features, 'trailing'),
      leading: mostOften(looked, features, 'leading'),
    };
    known.set(instances, fill);
  }
  return fill;
}

function within(instances: readonly Instance[]): Instance[] {
  let numbers = 0;
  return instances.filter(({ length }) => {
    numbers += length;
    return numbers <= MOST_NUMBERS;
  });
}

function mostOften(
  instances: readonly Instance[],
  features: number,
  end: 'trailing' | 'leading',
): EndFill | undefined {
  const seen = new Map<string, { fill: Float64Array; times: number }>();
  let [edges, own] = [0, 0];
  for (const { values, length } of instances) {
    const run = guessedRun(values, features, length, end);
    if (run === 0) continue;
    const at = end === 'trailing' ? length - 1 : 0;
    const fill = Float64Array.from({ length: features }, (_, feature) => values[feature * length + at]!);
    if (isMean(values, fill, length, end, run) || isScaledWhole(values, length)) own++;
    else edges++;
    const key = fill.join();
    seen.set(key, { fill, times: (seen.get(key)?.times ?? 0) + 1 });
  }
  const [first] = [...seen.values()].sort((a, b) => b.times - a.times);
  if (first && first.times >= FEWEST) return first.fill;
  if (own < FEWEST && isRepeatedAtEndOnly(instances, features, end)) return 'any-edge';
  return edges >= FEWEST ? 'edge' : own >= FEWEST ? 'own' : undefined;
}

/** Whether a series is padded with the mean of what it is otherwise, but for rounding. */
function isMean(
  values: Float64Array,
  fill: Float64Array,
  length: number,
  end: 'trailing' | 'leading',
  run: number,
): boolean {
  return fill.every((value, feature) => {
    const row = values.subarray(feature * length, (feature + 1) * length);
    const rest = end === 'trailing' ? row.subarray(0, length - run) : row.subarray(run);
    const mean = rest.reduce((sum, one) => sum + one, 0) / rest.length;
    const spread = Math.sqrt(rest.reduce((sum, one) => sum + (one - mean) ** 2, 0) / rest.length);
    return Math.abs(value - mean) <= MEAN_ROUNDING * spread;
  });
}

/** Whether every feature has mean 0 and deviation 1, or goes from 0 to 1, with its padding. */
function isScaledWhole(values: Float64Array, length: number): boolean {
  const rows = Array.from({ length: values.length / length }, (_, feature) =>
    values.subarray(feature * length, (feature + 1) * length),
  );
  const isUnit = (row: Float64Array): boolean => {
    const mean = row.reduce((sum, one) => sum + one, 0) / length;
    const square = row.reduce((sum, one) => sum + (one - mean) ** 2, 0);
    const near = (value: number, to: number) => Math.abs(value - to) < SCALE_ROUNDING;
    return (
      near(mean, 0) && (near(Math.sqrt(square / length), 1) || near(Math.sqrt(square / (length - 1)), 1))
    );
  };
  const isSpan = (row: Float64Array) => Math.min(...row) === 0 && Math.max(...row) === 1;
  return rows.every(isUnit) || rows.every((row) => length <= MOST_SPREAD && isSpan(row));
}

/** The same for features in another order. @param from for each the old one */
export function arrangedFill({ trailing, leading }: FileFill, from: readonly number[]): FileFill {
  const arranged = (fill: EndFill | undefined) =>
    fill instanceof Float64Array ? Float64Array.from(from, (feature) => fill[feature]!) : fill;
  return { trailing: arranged(trailing), leading: arranged(leading) };
}
