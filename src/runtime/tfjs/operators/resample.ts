import { floatsOf, intOf, intsOf, textOf } from '../../../graph/attributes.ts';
import { resampling, resamplingWeights } from '../../../graph/resampling.ts';
import { elementCount } from '../../../graph/tensor.ts';
import type { TfTensor } from '../backend.ts';
import type { Call, Operators } from '../call.ts';
import { bounded } from '../host/array.ts';

/** Operators that change the number of steps, or trade channels for them. */
export const resampleOperators: Operators = {
  Resize: resize,
  Upsample: resize,
  DepthToSpace: (call) => {
    const { tf } = call;
    const [batch, channels, height, width] = call.dims() as [number, number, number, number];
    const block = intOf(call.node, 'blocksize') ?? call.refuse('it has no blocksize');
    const depth = channels / block / block;
    const columnFirst = textOf(call.node, 'mode') === 'CRD';
    const apart = tf.reshape(
      call.device(),
      columnFirst ? [batch, depth, block, block, height, width] : [batch, block, block, depth, height, width],
    );
    const order = columnFirst ? [0, 1, 4, 2, 5, 3] : [0, 3, 4, 1, 5, 2];
    return tf.reshape(tf.transpose(apart, order), [batch, depth, height * block, width * block]);
  },
  SpaceToDepth: (call) => {
    const { tf } = call;
    const [batch, channels, height, width] = call.dims() as [number, number, number, number];
    const block = intOf(call.node, 'blocksize') ?? call.refuse('it has no blocksize');
    const [rows, columns] = [height / block, width / block];
    const apart = tf.reshape(call.device(), [batch, channels, rows, block, columns, block]);
    return tf.reshape(tf.transpose(apart, [0, 3, 5, 1, 2, 4]), [
      batch,
      channels * block * block,
      rows,
      columns,
    ]);
  },
};

/** Linear in the values, axis by axis: a product with the matrix of weights. */
function resize(call: Call): TfTensor {
  const { tf, node, opset } = call;
  if (textOf(node, 'mode') === 'cubic') return call.refuse('mode "cubic" is not supported');
  if (textOf(node, 'coordinate_transformation_mode') === 'tf_crop_and_resize') {
    return call.refuse('cropping is not supported');
  }
  if (intOf(node, 'antialias') === 1) return call.refuse('antialiasing is not supported');
  if ((textOf(node, 'keep_aspect_ratio_policy') ?? 'stretch') !== 'stretch') {
    return call.refuse('keeping the aspect ratio is not supported');
  }
  return wanted(call).reduce<TfTensor>((x, { axis, count, scale }) => {
    const length = x.shape[axis]!;
    if (length === count) return x;
    bounded(x.shape.with(axis, count));
    bounded([count, length]);
    const way = resampling(node, opset, { length, count, scale: scale ?? count / length });
    const matrix = tf.tensor2d(resamplingWeights(way, length, count), [count, length]);
    const last = [...x.shape.keys()].filter((each) => each !== axis).concat(axis);
    const rows = tf.reshape(tf.transpose(x, last), [elementCount(x.shape) / length, length]);
    const resized = tf.reshape(tf.matMul(rows, matrix, false, true), [
      ...x.shape.filter((_, each) => each !== axis),
      count,
    ]);
    return tf.transpose(
      resized,
      x.shape.map((_, each) => last.indexOf(each)),
    );
  }, tf.clone(call.device()));
}

interface AxisSize {
  readonly axis: number;
  readonly count: number;
  /** As written; where sizes are given it follows from them. */
  readonly scale?: number;
}

function wanted(call: Call): AxisSize[] {
  const { node, opset } = call;
  const axes = intsOf(node, 'axes')?.map((axis) => call.axis(axis)) ?? [...call.dims().keys()];
  const sizes = call.has(3) ? call.numbers(3) : [];
  if (sizes.length > 0) return axes.map((axis, i) => ({ axis, count: sizes[i]! }));
  const input = node.op === 'Upsample' || opset < 11 ? 1 : 2;
  const scales = floatsOf(node, 'scales') ?? call.numbers(input);
  return axes.map((axis, i) => {
    const scale = scales[i]!;
    return { axis, count: Math.floor(call.dims()[axis]! * scale), scale };
  });
}
