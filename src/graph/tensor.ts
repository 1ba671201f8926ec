import { Refusal } from '../refusal.ts';

/** Element types, each with the array that holds it. `bool` holds 0 or 1 per element. */
interface Arrays {
  float32: Float32Array;
  float64: Float64Array;
  int64: BigInt64Array;
  int32: Int32Array;
  int16: Int16Array;
  int8: Int8Array;
  uint8: Uint8Array;
  uint16: Uint16Array;
  uint32: Uint32Array;
  uint64: BigUint64Array;
  bool: Uint8Array;
}

/** What makes the array of an element type. */
export const ARRAYS = {
  float32: Float32Array,
  float64: Float64Array,
  int64: BigInt64Array,
  int32: Int32Array,
  int16: Int16Array,
  int8: Int8Array,
  uint8: Uint8Array,
  uint16: Uint16Array,
  uint32: Uint32Array,
  uint64: BigUint64Array,
  bool: Uint8Array,
} as const satisfies Readonly<Record<keyof Arrays, unknown>>;

/** Element types of tensors. */
export type DataType = keyof Arrays;

/** The array of each element type. */
export type TensorData<D extends DataType = DataType> = Arrays[D];

/** A dense array, row-major. `dims` is empty for a scalar. */
export interface Tensor<D extends DataType = DataType> {
  readonly dtype: D;
  readonly dims: readonly number[];
  readonly data: TensorData<D>;
}

/** Product of the dims; 1 for a scalar. */
export function elementCount(dims: readonly number[]): number {
  return dims.reduce((product, dim) => product * dim, 1);
}

/** @throws Refusal `tensor-size` when the number of values is not the product of the dims. */
export function tensor<D extends DataType>(
  dtype: D,
  dims: readonly number[],
  data: TensorData<D>,
): Tensor<D> {
  if (data.length !== elementCount(dims)) {
    throw new Refusal(
      'tensor-size',
      `A tensor of shape [${dims.join(', ')}] cannot hold ${data.length} values.`,
    );
  }
  return { dtype, dims, data };
}

/**
 * A float32 tensor; copies what is no Float32Array.
 * @param data row-major, of shape [dims…]
 */
export function float32(dims: readonly number[], data: Float32Array | readonly number[]): Tensor<'float32'> {
  return tensor('float32', dims, data instanceof Float32Array ? data : Float32Array.from(data));
}

/** An int64 tensor of whole numbers. */
export function int64(dims: readonly number[], data: readonly number[]): Tensor<'int64'> {
  return tensor('int64', dims, BigInt64Array.from(data, BigInt));
}

/** The values as plain numbers, whatever the element type. */
export function numbers(source: Tensor): number[] {
  return Array.from(source.data as ArrayLike<number | bigint>, Number);
}
