import type { Tensor } from '../../graph/tensor.ts';
import type { ArrayShape } from './arrayShape.ts';

/** The array that holds the series, as its numbers are asked for: one instance after the other. */
export interface SeriesArray {
  readonly dims: readonly number[];
  readonly dtype: string;
  /** Its numbers stay in the file until an instance is looked at. */
  readonly onDisk: boolean;
  /** Where the numbers of an instance begin, in what; from there on strides of feature and step lead to each. */
  instance(
    index: number,
    shape: Pick<ArrayShape, 'strides'>,
  ): { readonly data: ArrayLike<unknown>; readonly from: number };
  /** One number, without those around it; counted from the first of the array. */
  number(at: number): number;
}

/** Numbers that are looked at of a large file before anybody asks for an instance: 16 MB of float32. */
const MOST_LOOKED_AT = 2 ** 22;
const FEWEST_LOOKED_AT = 16;

/** An array that is in memory. */
export function inMemory({ dims, dtype, data }: Tensor): SeriesArray {
  return {
    ...{ dims, dtype, onDisk: false },
    instance: (index, { strides }) => ({ data, from: index * strides.instance }),
    number: (at) => Number(data[at]),
  };
}

/** Which instances are looked at while the file is read: all, or of a file that stays on disk some, evenly spread. */
export function lookedAt({ onDisk }: SeriesArray, { instances, features, length }: ArrayShape): number[] {
  const most = onDisk
    ? Math.max(FEWEST_LOOKED_AT, Math.floor(MOST_LOOKED_AT / (features * length)))
    : instances;
  const count = Math.min(instances, most);
  return Array.from({ length: count }, (_, k) => Math.floor((k * instances) / count));
}
