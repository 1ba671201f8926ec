import { intOf } from '../../../graph/attributes.ts';
import { elementCount } from '../../../graph/tensor.ts';
import type { TfTensor } from '../backend.ts';
import type { Call, Operators } from '../call.ts';

/** Before opset 13 all axes from `axis` (default 1) on together, since then one axis (default −1). */
export const softmaxOperators: Operators = {
  Softmax: (call) => along(call, (x, axis) => exponentials(call, shifted(call, x, axis), axis)),
  LogSoftmax: (call) =>
    along(call, (x, axis) => {
      const { tf } = call;
      const low = shifted(call, x, axis);
      return tf.sub(low, tf.log(tf.sum(tf.exp(low), axis, true)));
    }),
};

function along(call: Call, compute: (x: TfTensor, axis: number) => TfTensor): TfTensor {
  const { tf, opset } = call;
  const axis = call.axis(intOf(call.node, 'axis') ?? (opset < 13 ? 1 : -1));
  const x = call.device();
  if (opset >= 13) return compute(x, axis);
  const rows = elementCount(call.dims().slice(0, axis));
  return tf.reshape(compute(tf.reshape(x, [rows, elementCount(call.dims().slice(axis))]), 1), x.shape);
}

function shifted({ tf }: Call, x: TfTensor, axis: number): TfTensor {
  return tf.sub(x, tf.max(x, axis, true));
}

function exponentials({ tf }: Call, x: TfTensor, axis: number): TfTensor {
  const powers = tf.exp(x);
  return tf.div(powers, tf.sum(powers, axis, true));
}
