import type { Tf, TfTensor } from './backend.ts';
import type { Call } from './call.ts';
import { bounded } from './host/array.ts';

/**
 * ONNX has the channels first, the backends compute with channels last and two spatial axes: [N, C, S] and
 * [N, C, H, W] become [N, S, 1, C] and [N, H, W, C].
 * @throws Refusal `model-refused` for other numbers of axes
 */
export function toChannelsLast(call: Call, x: TfTensor): TfTensor {
  const { tf } = call;
  const [batch, channels, height, width] = x.shape as [number, number, number, number?];
  if (x.rank !== 3 && x.rank !== 4) {
    return call.refuse(`an input of ${x.rank} axes, where only 1-D and 2-D series are supported`);
  }
  const shape: [number, number, number, number] = [batch, height, width ?? 1, channels];
  if (channels === 1) return tf.reshape(x, shape);
  return width === undefined ? tf.reshape(tf.transpose(x, [0, 2, 1]), shape) : tf.transpose(x, [0, 2, 3, 1]);
}

/** Back to the given number of axes. */
export function toChannelsFirst(tf: Tf, x: TfTensor, rank: number): TfTensor {
  const [batch, height, width, channels] = x.shape as [number, number, number, number];
  if (rank === 3) {
    const series = tf.reshape(x, [batch, height, channels]);
    return channels === 1 ? tf.reshape(series, [batch, 1, height]) : tf.transpose(series, [0, 2, 1]);
  }
  return channels === 1 ? tf.reshape(x, [batch, 1, height, width]) : tf.transpose(x, [0, 3, 1, 2]);
}

/** One number per spatial axis as the two the backends want. */
export function two(values: readonly number[], missing = 1): [number, number] {
  return [values[0]!, values[1] ?? missing];
}

/**
 * Padding of the spatial axes of a channels-first tensor; negative pads crop.
 * @param begin, end steps per spatial axis
 */
export function padSpatial(
  tf: Tf,
  x: TfTensor,
  begin: readonly number[],
  end: readonly number[],
  value = 0,
): TfTensor {
  const pairs = begin.map((before, i) => [before, end[i]!] as const);
  return padOrCrop(tf, x, [[0, 0], [0, 0], ...pairs], value);
}

/** Padding with a constant; negative pads crop. A tensor that needs neither comes back as it is. */
export function padOrCrop(
  tf: Tf,
  x: TfTensor,
  pads: readonly (readonly [number, number])[],
  value = 0,
): TfTensor {
  let result = x;
  if (pads.some((pair) => Math.min(...pair) < 0)) {
    const from = pads.map(([before]) => Math.max(0, -before));
    const size = pads.map(
      ([before, after], axis) => x.shape[axis]! + Math.min(0, before) + Math.min(0, after),
    );
    result = tf.slice(result, from, size);
  }
  if (pads.some((pair) => Math.max(...pair) > 0)) {
    bounded(pads.map(([before, after], axis) => x.shape[axis]! + before + after));
    result = tf.pad(
      result,
      pads.map(([before, after]) => [Math.max(0, before), Math.max(0, after)]),
      value,
    );
  }
  return result;
}
