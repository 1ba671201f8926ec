import { intOf } from '../../../graph/attributes.ts';
import { elementCount, int64, numbers, type Tensor } from '../../../graph/tensor.ts';
import type { Operators } from '../call.ts';
import { fromNumbers, stridesOf, zeros } from '../host/array.ts';
import { transpose } from '../host/view.ts';

/** Operators that look at the order along an axis. */
export const orderOperators: Operators = {
  OneHot: (call) => {
    const depth = call.number(1);
    const [off, on] = call.numbers(2) as [number, number];
    const rank = call.rank() + 1;
    const axis = call.axis(intOf(call.node, 'axis') ?? -1, rank);
    const dims = [...call.dims().slice(0, axis), depth, ...call.dims().slice(axis)];
    const width = elementCount(call.dims().slice(axis));
    const values = new Float64Array(zeros('bool', dims).data.length).fill(off);
    for (const [i, said] of call.numbers(0).entries()) {
      const place = said < 0 ? said + depth : said;
      if (place < 0 || place >= depth) continue;
      values[(Math.floor(i / width) * depth + place) * width + (i % width)] = on;
    }
    return fromNumbers(call.value(2).dtype, dims, values);
  },
  /** [rank, count]: the places of all values that are not zero, in order. */
  NonZero: (call) => {
    const dims = call.dims();
    const strides = stridesOf(dims);
    const places = call.numbers(0).flatMap((value, i) => (value === 0 ? [] : [i]));
    const along = (axis: number) => places.map((place) => Math.floor(place / strides[axis]!) % dims[axis]!);
    return int64([dims.length, places.length], [...dims.keys()].flatMap(along));
  },
  Trilu: (call) => {
    const { tf } = call;
    const [rows, columns] = call.dims().slice(-2) as [number, number];
    const k = call.has(1) ? call.number(1) : 0;
    const upper = intOf(call.node, 'upper') !== 0;
    const mask = Uint8Array.from({ length: rows * columns }, (_, i) => {
      const beyond = (i % columns) - Math.floor(i / columns) - k;
      return Number(upper ? beyond >= 0 : beyond <= 0);
    });
    // A choice, not a product: masks of attention hold minus infinity.
    const x = call.device();
    const kept = tf.broadcastTo(tf.tensor2d(mask, [rows, columns], 'bool'), x.shape);
    return tf.where(kept, x, tf.zerosLike(x));
  },
  CumSum: (call) => {
    const { node } = call;
    const axis = call.axis(call.number(1));
    const exclusive = intOf(node, 'exclusive') === 1;
    const reverse = intOf(node, 'reverse') === 1;
    return call.value().dtype === 'float32'
      ? call.tf.cumsum(call.device(), axis, exclusive, reverse)
      : cumulated(call.host(), axis, exclusive, reverse);
  },
  /** Equal values keep their order, as in ONNX. */
  TopK: (call) => {
    const axis = call.axis(intOf(call.node, 'axis') ?? -1);
    const size = call.dims()[axis]!;
    const count = call.has(1) ? call.number(1) : (intOf(call.node, 'k') ?? call.refuse('it has no k'));
    if (count > size) return call.refuse(`it takes ${count} of ${size} values`);
    const sign = intOf(call.node, 'largest') === 0 ? 1 : -1;
    const last = [...call.dims().keys()].filter((each) => each !== axis).concat(axis);
    const moved = transpose(call.host(), last);
    const values = numbers(moved);
    const picked = Array.from({ length: elementCount(moved.dims) / size }, (_, row) => {
      const places = Array.from({ length: size }, (_, i) => i);
      places.sort((a, b) => sign * (values[row * size + a]! - values[row * size + b]!) || a - b);
      return places.slice(0, count);
    });
    const dims = moved.dims.with(-1, count);
    const back = call.dims().map((_, each) => last.indexOf(each));
    const best = picked.flatMap((places, row) => places.map((place) => values[row * size + place]!));
    return [
      transpose(fromNumbers(call.value().dtype, dims, best), back),
      transpose(int64(dims, picked.flat()), back),
    ];
  },
};

function cumulated(source: Tensor, axis: number, exclusive: boolean, reverse: boolean): Tensor {
  const values = numbers(source);
  const size = source.dims[axis]!;
  const stride = elementCount(source.dims.slice(axis + 1));
  const sums = new Array<number>(values.length);
  for (let start = 0; start < values.length; start++) {
    // One line along the axis for each of its first places.
    if (Math.floor(start / stride) % size !== 0) continue;
    let sum = 0;
    for (let step = 0; step < size; step++) {
      const at = start + (reverse ? size - 1 - step : step) * stride;
      const before = sum;
      sum += values[at]!;
      sums[at] = exclusive ? before : sum;
    }
  }
  return fromNumbers(source.dtype, source.dims, sums);
}
