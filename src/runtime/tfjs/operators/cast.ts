import { elementType } from '../../../formats/onnx/elementType.ts';
import { intOf } from '../../../graph/attributes.ts';
import { type DataType, numbers, type Tensor } from '../../../graph/tensor.ts';
import type { Call, Operators, Result } from '../call.ts';
import { fromNumbers } from '../host/array.ts';

/** Changes of type, and Identity. */
export const castOperators: Operators = {
  Cast: (call) => cast(call, elementType(intOf(call.node, 'to') ?? 0, `Node ${call.node.name}`)),
  CastLike: (call) => cast(call, call.value(1).dtype),
  Identity: (call) => call.value().retain(),
  Dropout: (call) => {
    if (call.has(2) && call.numbers(2)[0] === 1) return call.refuse('it is in training mode');
    const kept = call.value().retain();
    return call.node.outputs[1] ? [kept, allTrue(call.dims())] : kept;
  },
};

function cast(call: Call, to: DataType): Result {
  const value = call.value();
  if (value.dtype === to) return value.retain();
  const { tf } = call;
  if (value.onDevice && value.dtype === 'bool' && to === 'float32') return tf.cast(call.device(), 'float32');
  if (value.onDevice && to === 'bool') return tf.notEqual(call.device(), 0);
  const source = call.host();
  const { data } = source;
  // Between 64-bit integers nothing may be lost on the way.
  if (data instanceof BigInt64Array && to === 'uint64') {
    return { dtype: to, dims: source.dims, data: BigUint64Array.from(data) };
  }
  if (data instanceof BigUint64Array && to === 'int64') {
    return { dtype: to, dims: source.dims, data: BigInt64Array.from(data) };
  }
  return fromNumbers(to, source.dims, numbers(source));
}

function allTrue(dims: readonly number[]): Tensor {
  const made = fromNumbers('bool', dims, []);
  made.data.fill(1 as never);
  return made;
}
