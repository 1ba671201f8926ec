import { elementCount } from '../../graph/tensor.ts';
import { inMemory, type SeriesArray } from './seriesArray.ts';

/** Places of the file that are looked at, and instances one behind the other at each. */
const RUNS = 4;
const MOST_IN_A_RUN = 16;
/** Numbers in an instance: of one that is longer nothing is read before it is asked for. */
const MOST = 2 ** 20;

/**
 * An array whose neighbours can be compared along every axis: one in memory as it is; of one on disk some instances, few
 * places of the file, so that it is not read as a whole. Undefined where an instance is too long for that.
 */
export function nearby(x: SeriesArray): SeriesArray | undefined {
  if (!x.onDisk) return x;
  const [instances = 0, ...rest] = x.dims;
  const size = elementCount(rest);
  if (size > MOST || instances === 0) return undefined;
  const run = Math.min(instances, Math.max(2, Math.min(MOST_IN_A_RUN, Math.floor(MOST / size))));
  const starts = Array.from({ length: RUNS }, (_, k) => Math.floor((k * (instances - run)) / (RUNS - 1)));
  const data = new Float64Array(starts.length * run * size);
  const shape = { strides: { instance: size, feature: 1, step: 1 } };
  for (const [place, start] of starts.entries()) {
    for (let at = 0; at < run; at++) {
      const { data: numbers, from } = x.instance(start + at, shape);
      const to = (place * run + at) * size;
      for (let index = 0; index < size; index++) data[to + index] = Number(numbers[from + index]);
    }
  }
  return inMemory({ dims: [starts.length * run, ...rest], dtype: 'float64', data });
}
