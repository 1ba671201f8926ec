import { breaks } from '../breaks.ts';
import type { Dataset, Instance } from '../data/dataset.ts';
import type { Statistics } from './step.ts';

/** A power of two, so that nothing is rounded: sums of the largest doubles stay doubles. */
const SMALL = 2 ** -30;
/** Ranges whose squares are doubles. */
const [NARROWEST, WIDEST] = [1e-140, 1e140];

/**
 * Mean and population standard deviation per feature over the real steps of all instances, NaN left out. A feature that
 * never changes gets exactly 0 as deviation. Two passes: no cancellation on large offsets.
 */
export function fitStatistics(of: Pick<Dataset, 'features' | 'instances'>): Statistics {
  const fitting = statisticsOf(of);
  for (;;) {
    const { done, value } = fitting.next();
    if (done) return value;
  }
}

/** The same of a file, with breaks in between. @throws the signal's reason when cancelled */
export async function fitStatisticsOfFile(
  of: Pick<Dataset, 'features' | 'instances'>,
  signal?: AbortSignal,
): Promise<Statistics> {
  const fitting = statisticsOf(of);
  const pause = breaks(signal);
  for (;;) {
    const { done, value } = fitting.next();
    if (done) return value;
    await pause();
  }
}

function* statisticsOf({
  features,
  instances,
}: Pick<Dataset, 'features' | 'instances'>): Generator<undefined, Statistics> {
  const seen = features.map(() => ({ count: 0, sum: 0, low: Infinity, high: -Infinity, squares: 0 }));
  yield* visit(instances, (values, mask, from, length, feature) => {
    let { count, sum, low, high } = seen[feature]!;
    for (let step = 0; step < length; step++) {
      const value = values[from + step]!;
      if ((mask !== undefined && mask[step] !== 1) || Number.isNaN(value)) continue;
      count++;
      sum += value * SMALL;
      if (value < low) low = value;
      if (value > high) high = value;
    }
    seen[feature] = { count, sum, low, high, squares: 0 };
  });
  const mean = seen.map(({ count, sum, low, high }) =>
    count === 0 ? 0 : low >= high ? low : sum / count / SMALL,
  );
  const units = seen.map(({ low, high }) => unitOf(high / 2 - low / 2));
  yield* visit(instances, (values, mask, from, length, feature) => {
    const [centre, unit] = [mean[feature]!, units[feature]!];
    let { squares } = seen[feature]!;
    for (let step = 0; step < length; step++) {
      const value = values[from + step]!;
      if ((mask !== undefined && mask[step] !== 1) || Number.isNaN(value)) continue;
      squares += (value / unit - centre / unit) ** 2;
    }
    seen[feature]!.squares = squares;
  });
  const std = seen.map(({ count, low, high, squares }, feature) =>
    low >= high ? 0 : Math.sqrt(squares / count) * units[feature]!,
  );
  return { mean, std, features };

  function* visit(of: readonly Instance[], look: Look): Generator<undefined> {
    for (const { values, mask, length } of of) {
      yield;
      for (let feature = 0; feature < features.length; feature++) {
        look(values, mask, feature * length, length, feature);
      }
    }
  }
}

/** What half a range is measured in; 1 for all that is not extreme. */
function unitOf(half: number): number {
  return half > 0 && (half < NARROWEST || half > WIDEST) ? half : 1;
}

/** Sees one feature of one instance: `length` values, the first at `from`. */
type Look = (
  values: Float64Array,
  mask: Uint8Array | undefined,
  from: number,
  length: number,
  feature: number,
) => void;
