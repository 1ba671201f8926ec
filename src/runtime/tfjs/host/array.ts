import { ARRAYS, type DataType, elementCount, type Tensor } from '../../../graph/tensor.ts';
import { Refusal } from '../../../refusal.ts';

/** More than a model of this kind makes; a size that a file announces is not believed beyond it. */
const MOST_ELEMENTS = 1e8;

/** @throws Refusal `model-refused` where a size that a model has computed or written down is out of all bounds */
export function bounded<Dims extends readonly number[]>(dims: Dims): Dims {
  const count = elementCount(dims);
  if (!(count >= 0 && count <= MOST_ELEMENTS)) {
    throw new Refusal('model-refused', `a tensor of shape [${dims.join(', ')}] is too large`);
  }
  return dims;
}

/** A tensor of zeros, bounded. */
export function zeros(dtype: DataType, dims: readonly number[]): Tensor {
  return { dtype, dims, data: new ARRAYS[dtype](elementCount(bounded(dims))) };
}

/** Numbers as a tensor; floats become integers by dropping the fraction, as ONNX casts do. */
export function fromNumbers(dtype: DataType, dims: readonly number[], values: ArrayLike<number>): Tensor {
  const made = zeros(dtype, dims);
  if (made.data instanceof BigInt64Array || made.data instanceof BigUint64Array) {
    for (let i = 0; i < values.length; i++) made.data[i] = toBigInt(values[i]!);
  } else if (dtype === 'bool') {
    for (let i = 0; i < values.length; i++) made.data[i] = values[i] === 0 ? 0 : 1;
  } else {
    for (let i = 0; i < values.length; i++) made.data[i] = values[i]!;
  }
  return made;
}

/** What ONNX leaves undefined (NaN, infinity as integer) becomes 0, as the conversions of JavaScript do. */
function toBigInt(value: number): bigint {
  return Number.isFinite(value) ? BigInt(Math.trunc(value)) : 0n;
}

/** Bool is none. */
export function isInteger(dtype: DataType): boolean {
  return dtype !== 'float32' && dtype !== 'float64' && dtype !== 'bool';
}

/** Row-major strides in elements. */
export function stridesOf(dims: readonly number[]): number[] {
  const strides = new Array<number>(dims.length).fill(1);
  for (let axis = dims.length - 2; axis >= 0; axis--) strides[axis] = strides[axis + 1]! * dims[axis + 1]!;
  return strides;
}
