import { intOf, textOf } from '../../../graph/attributes.ts';
import { elementCount, numbers, type Tensor } from '../../../graph/tensor.ts';
import type { Call, Operators, Result } from '../call.ts';
import { fromNumbers, stridesOf, zeros } from '../host/array.ts';

/** Operators that read or write at computed places. */
export const gatherOperators: Operators = {
  Gather: (call) => {
    const { tf } = call;
    const axis = call.axis(intOf(call.node, 'axis') ?? 0);
    const places = placesOf(call, numbers(call.host(1)), call.dims()[axis]!);
    const dims = [...call.dims().slice(0, axis), ...call.dims(1), ...call.dims().slice(axis + 1)];
    if (call.value().dtype === 'float32') {
      const gathered = tf.gather(call.device(), tf.tensor1d(places, 'int32'), axis);
      return tf.reshape(gathered, dims);
    }
    const width = elementCount(call.dims().slice(axis + 1));
    const size = call.dims()[axis]!;
    const rows = elementCount(call.dims().slice(0, axis));
    return pick(call.host(), dims, rows * places.length * width, (i) => {
      const inner = i % width;
      const rest = (i - inner) / width;
      const place = places[rest % places.length]!;
      return (Math.floor(rest / places.length) * size + place) * width + inner;
    });
  },
  GatherElements: (call) => {
    const axis = call.axis(intOf(call.node, 'axis') ?? 0);
    const indices = call.host(1);
    const places = placesOf(call, numbers(indices), call.dims()[axis]!);
    const strides = stridesOf(call.dims());
    const own = stridesOf(indices.dims);
    return pick(call.host(), indices.dims, places.length, (i) =>
      own.reduce((sum, stride, a) => {
        const at = a === axis ? places[i]! : Math.floor(i / stride) % indices.dims[a]!;
        return sum + at * strides[a]!;
      }, 0),
    );
  },
  GatherND: (call) => {
    if ((intOf(call.node, 'batch_dims') ?? 0) !== 0) return call.refuse('batch_dims is not supported');
    const { starts, width, rest } = pointed(call);
    const dims = [...call.dims(1).slice(0, -1), ...rest];
    return pick(
      call.host(),
      dims,
      starts.length * width,
      (i) => starts[Math.floor(i / width)]! + (i % width),
    );
  },
  ScatterND: (call) => {
    const reduction = textOf(call.node, 'reduction') ?? 'none';
    if (reduction !== 'none' && reduction !== 'add')
      return call.refuse(`reduction "${reduction}" is not supported`);
    const { starts, width } = pointed(call);
    const result = numbers(call.host());
    const updates = numbers(call.host(2));
    for (const [row, start] of starts.entries()) {
      for (let i = 0; i < width; i++) {
        const update = updates[row * width + i]!;
        result[start + i] = reduction === 'add' ? result[start + i]! + update : update;
      }
    }
    return fromNumbers(call.value().dtype, call.dims(), result);
  },
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
    return call.tf.cumsum(call.device(), axis, intOf(node, 'exclusive') === 1, intOf(node, 'reverse') === 1);
  },
};

/** Indices counted from the front. */
function placesOf(call: Call, indices: readonly number[], size: number): number[] {
  return indices.map((index) => {
    const place = index < 0 ? index + size : index;
    return place >= 0 && place < size ? place : call.refuse(`index ${index} lies outside 0..${size - 1}`);
  });
}

/** Values of a tensor by their flat places. */
function pick(source: Tensor, dims: readonly number[], count: number, place: (i: number) => number): Result {
  const made = zeros(source.dtype, dims);
  for (let i = 0; i < count; i++) (made.data as Float32Array)[i] = (source.data as Float32Array)[place(i)]!;
  return made;
}

/** Where the slices that the last axis of the second input points at begin, and how many values each has. */
function pointed(call: Call): { starts: number[]; width: number; rest: readonly number[] } {
  const depth = call.dims(1).at(-1) ?? call.refuse('its indices have no axis');
  const strides = stridesOf(call.dims());
  const rest = call.dims().slice(depth);
  const indices = numbers(call.host(1));
  const starts = Array.from({ length: indices.length / depth }, (_, row) => {
    const point = indices.slice(row * depth, (row + 1) * depth);
    return point.reduce(
      (sum, at, axis) => sum + placesOf(call, [at], call.dims()[axis]!)[0]! * strides[axis]!,
      0,
    );
  });
  return { starts, width: elementCount(rest), rest };
}
