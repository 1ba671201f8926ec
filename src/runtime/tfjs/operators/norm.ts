import { floatOf, intOf, intsOf } from '../../../graph/attributes.ts';
import type { TfTensor } from '../backend.ts';
import type { Call, Operators } from '../call.ts';

const epsilonOf = (call: Call, otherwise = 1e-5) => floatOf(call.node, 'epsilon') ?? otherwise;

/** Norms as at inference. */
export const normOperators: Operators = {
  BatchNormalization: (call) => {
    const { tf, node } = call;
    if (intOf(node, 'training_mode') === 1) return call.refuse('it is in training mode');
    // x·a + b, both made once where they rest on constants only, as they do after an export.
    const a = call.once('scale', [1, 4], () => {
      const spread = tf.sqrt(tf.add(call.device(4), epsilonOf(call)));
      return perChannel(call, tf.div(call.device(1), spread));
    });
    const b = call.once('shift', [1, 2, 3, 4], () =>
      tf.sub(perChannel(call, call.device(2)), tf.mul(perChannel(call, call.device(3)), a)),
    );
    return tf.add(tf.mul(call.device(), a), b);
  },
  InstanceNormalization: (call) => {
    const { tf } = call;
    const axes = call
      .dims()
      .map((_, axis) => axis)
      .slice(2);
    const normal = standardised(call, call.device(), axes, epsilonOf(call));
    return tf.add(tf.mul(normal, perChannel(call, call.device(1))), perChannel(call, call.device(2)));
  },
  LayerNormalization: (call) => {
    const { tf, node } = call;
    const axis = call.axis(intOf(node, 'axis') ?? -1);
    const axes = call
      .dims()
      .map((_, i) => i)
      .slice(axis);
    const scaled = tf.mul(standardised(call, call.device(), axes, epsilonOf(call)), call.device(1));
    return call.has(2) ? tf.add(scaled, call.device(2)) : scaled;
  },
  RMSNormalization: (call) => {
    const { tf, node } = call;
    const axis = call.axis(intOf(node, 'axis') ?? -1);
    const axes = call
      .dims()
      .map((_, i) => i)
      .slice(axis);
    const x = call.device();
    const size = tf.sqrt(tf.add(tf.mean(tf.square(x), axes, true), epsilonOf(call)));
    return tf.mul(tf.div(x, size), call.device(1));
  },
  LRN: (call) => {
    const { tf, node } = call;
    const [size, dims] = [intOf(node, 'size') ?? call.refuse('it names no size'), call.dims()];
    const [batch = 1, channels = 1] = dims;
    if (size % 2 === 0) return call.refuse(`its size ${size} is even`);
    const near = Array.from({ length: channels }, (_, row) =>
      Array.from({ length: channels }, (_, at) => (2 * Math.abs(at - row) < size ? 1 : 0)),
    );
    const lines = tf.reshape(tf.square(call.device()), [batch, channels, -1]);
    const rows = tf.tile(tf.expandDims(tf.tensor2d(near), 0), [batch, 1, 1]);
    const sums = tf.reshape(tf.matMul(rows, lines), [...dims]);
    const spread = tf.add(tf.mul(sums, (floatOf(node, 'alpha') ?? 1e-4) / size), floatOf(node, 'bias') ?? 1);
    return tf.div(call.device(), tf.pow(spread, floatOf(node, 'beta') ?? 0.75));
  },
  GroupNormalization: (call) => {
    const { tf, node, opset } = call;
    const [batch, channels, ...rest] = call.dims() as [number, number, ...number[]];
    const groups = intOf(node, 'num_groups') ?? call.refuse('it names no number of groups');
    const apart = tf.reshape(call.device(), [batch, groups, channels / groups, ...rest]);
    const axes = apart.shape.map((_, axis) => axis).slice(2);
    const normal = standardised(call, apart, axes, epsilonOf(call));
    // Before opset 21 there is one scale and one shift per group.
    const shape = [1, groups, opset < 21 ? 1 : channels / groups, ...rest.map(() => 1)];
    const [scale, shift] = [call.device(1), call.device(2)].map((x) => tf.reshape(x, shape));
    return tf.reshape(tf.add(tf.mul(normal, scale!), shift!), [...call.dims()]);
  },
  MeanVarianceNormalization: (call) => {
    const { tf, node } = call;
    const axes = [...(intsOf(node, 'axes') ?? [0, 2, 3])].map((axis) => call.axis(axis));
    const x = call.device();
    const centred = tf.sub(x, tf.mean(x, axes, true));
    const deviation = tf.sqrt(tf.mean(tf.square(centred), axes, true));
    return tf.div(centred, tf.add(deviation, 1e-9));
  },
  LpNormalization: (call) => {
    const { tf, node } = call;
    const axis = call.axis(intOf(node, 'axis') ?? -1);
    const x = call.device();
    const size =
      intOf(node, 'p') === 1 ? tf.sum(tf.abs(x), axis, true) : tf.sqrt(tf.sum(tf.square(x), axis, true));
    return tf.div(x, size);
  },
};

/** (x − mean) / √(variance + ε), over `axes`. */
function standardised({ tf }: Call, x: TfTensor, axes: number[], epsilon: number): TfTensor {
  const centred = tf.sub(x, tf.mean(x, axes, true));
  const variance = tf.mean(tf.square(centred), axes, true);
  return tf.div(centred, tf.sqrt(tf.add(variance, epsilon)));
}

/** [C] → [1, C, 1, …] to go with the first input. */
function perChannel(call: Call, values: TfTensor): TfTensor {
  return call.tf.reshape(values, [
    1,
    values.size,
    ...call
      .dims()
      .slice(2)
      .map(() => 1),
  ]);
}
