import type { Instance } from '../data/dataset.ts';
import { constantRun } from './constantRun.ts';

/** What a file pads with, one number per feature, where the padding of several series shows it. */
export interface FileFill {
  readonly trailing?: Float64Array;
  readonly leading?: Float64Array;
}

const MOST_LOOKED_AT = 100;
/** Numbers, so that long series do not cost. */
const MOST_NUMBERS = 2_000_000;
/** Series that end in the same numbers, before one that has a single step of them counts as padded too. */
const FEWEST = 2;

const known = new WeakMap<readonly Instance[], FileFill>();

/**
 * What the series of a file are padded with: numbers that at least two of them repeat at an end, more than any other.
 * @param features how many each instance has
 */
export function usualFill(instances: readonly Instance[], features: number): FileFill {
  let fill = known.get(instances);
  if (!fill) {
    const every = Math.ceil(instances.length / MOST_LOOKED_AT);
    const looked = within(
      instances.filter(({ mask, prepared }, at) => at % every === 0 && !mask && !prepared),
    );
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
): Float64Array | undefined {
  const seen = new Map<string, { fill: Float64Array; times: number }>();
  for (const { values, length } of instances) {
    if (constantRun(values, features, length, end) === 0) continue;
    const at = end === 'trailing' ? length - 1 : 0;
    const fill = Float64Array.from({ length: features }, (_, feature) => values[feature * length + at]!);
    const key = fill.join();
    seen.set(key, { fill, times: (seen.get(key)?.times ?? 0) + 1 });
  }
  const [first] = [...seen.values()].sort((a, b) => b.times - a.times);
  return first && first.times >= FEWEST ? first.fill : undefined;
}

/** The same for features in another order. @param from for each the old one */
export function arrangedFill({ trailing, leading }: FileFill, from: readonly number[]): FileFill {
  const arranged = (fill: Float64Array) => Float64Array.from(from, (feature) => fill[feature]!);
  return { trailing: trailing && arranged(trailing), leading: leading && arranged(leading) };
}
