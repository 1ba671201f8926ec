import type { Tf, TfTensor } from './backend.ts';
import type { Call } from './call.ts';
import { bounded } from './host/array.ts';
import { padSpatial, toChannelsFirst, toChannelsLast, two } from './layout.ts';

interface Convolution {
  readonly strides: readonly number[];
  readonly dilations: readonly number[];
  readonly padsBegin: readonly number[];
  readonly padsEnd: readonly number[];
  readonly groups: number;
}

/** Makes a tensor for the call, or gives the one made before: filters rest on constants mostly. */
export type Once = (key: string, make: () => TfTensor) => TfTensor;

/**
 * A cross-correlation.
 * @param x [N, C, S…]
 * @param kernel [M, C / groups, k…]
 * @returns [N, M, S′…]
 */
export function convolve(
  call: Call,
  x: TfTensor,
  kernel: () => TfTensor,
  kernelDims: readonly number[],
  convolution: Convolution,
  once: Once,
): TfTensor {
  const { tf } = call;
  const { groups, strides, padsBegin, padsEnd } = convolution;
  const { rank } = x;
  const depthwise = groups > 1 && kernelDims[1] === 1;
  // The backends dilate only where the stride is 1, and not per channel: zeros between the taps say the same.
  const dilated = convolution.dilations.some((dilation) => dilation !== 1);
  const spread = dilated && (depthwise || strides.some((stride) => stride !== 1));
  const dilations = spread ? convolution.dilations.map(() => 1) : convolution.dilations;
  const weights = () => (spread ? spreadTaps(tf, kernel(), convolution.dilations) : kernel());
  const last = toChannelsLast(call, padSpatial(tf, x, padsBegin, padsEnd));
  if (depthwise) {
    const filter = once('depthwise', () => depthwiseFilter(tf, weights(), groups)) as Filter;
    const y = tf.depthwiseConv2d(last as Filter, filter, two(strides), 'valid', 'NHWC');
    return toChannelsFirst(tf, y, rank);
  }
  const filter = once('filter', () => channelsLastFilter(tf, weights())) as Filter;
  const run = (part: TfTensor, partFilter: TfTensor) =>
    tf.conv2d(part as Filter, partFilter as Filter, two(strides), 'valid', 'NHWC', two(dilations));
  if (groups === 1) return toChannelsFirst(tf, run(last, filter), rank);
  const filters = tf.split(filter, groups, 3);
  const parts = tf.split(last, groups, 3).map((part, group) => run(part, filters[group]!));
  return toChannelsFirst(tf, tf.concat(parts, 3), rank);
}

type Filter = ReturnType<Tf['tensor4d']>;

/** [M, C / groups, k…] → [k, 1, C / groups, M] or [kh, kw, C / groups, M] */
function channelsLastFilter(tf: Tf, kernel: TfTensor): TfTensor {
  if (kernel.rank === 4) return tf.transpose(kernel, [2, 3, 1, 0]);
  const [outputs, inputs, taps] = kernel.shape as [number, number, number];
  return tf.reshape(tf.transpose(kernel, [2, 1, 0]), [taps, 1, inputs, outputs]);
}

/** [C·m, 1, k…] → [kh, kw, C, m] */
function depthwiseFilter(tf: Tf, kernel: TfTensor, groups: number): TfTensor {
  const [outputs, , height, width] = kernel.shape as [number, number, number, number?];
  const apart = tf.reshape(kernel, [groups, outputs / groups, height, width ?? 1]);
  return tf.transpose(apart, [2, 3, 0, 1]);
}

/** Puts `dilation − 1` zeros between neighbours along each spatial axis. */
export function spreadTaps(tf: Tf, x: TfTensor, dilations: readonly number[]): TfTensor {
  return dilations.reduce((spread, dilation, i) => {
    if (dilation === 1) return spread;
    const axis = i + 2;
    const { shape } = spread;
    const before = shape.slice(0, axis + 1).reduce((product, size) => product * size, 1);
    const after = shape.slice(axis + 1).reduce((product, size) => product * size, 1);
    bounded(shape.with(axis, shape[axis]! * dilation));
    const rows = tf.reshape(spread, [before, after]);
    const zeros = tf.pad(rows, [
      [0, 0],
      [0, after * (dilation - 1)],
    ]);
    const long = tf.reshape(zeros, shape.with(axis, shape[axis]! * dilation));
    // The zeros behind the last one are not between anything.
    const size = long.shape.with(axis, (shape[axis]! - 1) * dilation + 1);
    return tf.slice(
      long,
      long.shape.map(() => 0),
      size,
    );
  }, x);
}
