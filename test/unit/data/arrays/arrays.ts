import type { DataOptions, ExpectedInput } from '../../../../src/data/dataOptions.ts';
import type { Dataset } from '../../../../src/data/dataset.ts';
import { writeNpz } from '../../../../src/data/numpy/writeNpz.ts';
import { type Tensor, tensor } from '../../../../src/graph/tensor.ts';
import { readBytes } from '../reading.ts';

/** Named arrays of an .npz file. */
export type Arrays = Record<string, Tensor | readonly string[]>;

export const read = (arrays: Arrays, options: DataOptions = {}): Promise<Dataset> =>
  readBytes(writeNpz(arrays), options, 'data.npz');

export const float64 = (dims: readonly number[], values: number[]): Tensor =>
  tensor('float64', dims, Float64Array.from(values));
/** 1, 2 … n. */
export const count = (n: number): number[] => Array.from({ length: n }, (_, index) => index + 1);
/** What a model takes, as far as it decides how an array is read. */
export const input = (
  layout: ExpectedInput['layout'],
  features: number,
  steps: number | null,
): { input: ExpectedInput } => ({
  input: { layout, features, steps },
});
