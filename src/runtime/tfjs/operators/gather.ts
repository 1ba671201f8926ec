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
    const flat = elementPlaces(call.dims(), indices.dims, places, axis);
    return pick(call.host(), indices.dims, places.length, (i) => flat[i]!);
  },
  /** The first steps of each series in reverse, as many as its length says. */
  ReverseSequence: (call) => {
    const time = call.axis(intOf(call.node, 'time_axis') ?? 0);
    const batch = call.axis(intOf(call.node, 'batch_axis') ?? 1);
    const lengths = call.numbers(1);
    const strides = stridesOf(call.dims());
    const on = (axis: number, i: number) => Math.floor(i / strides[axis]!) % call.dims()[axis]!;
    return pick(call.host(), call.dims(), elementCount(call.dims()), (i) => {
      const step = on(time, i);
      const length = lengths[on(batch, i)]!;
      return step < length ? i + (length - 1 - 2 * step) * strides[time]! : i;
    });
  },
  ScatterElements: (call) => {
    const { result, updates, write } = scattering(call, 2);
    const axis = call.axis(intOf(call.node, 'axis') ?? 0);
    const indices = call.host(1);
    const places = placesOf(call, numbers(indices), call.dims()[axis]!);
    for (const [i, place] of elementPlaces(call.dims(), indices.dims, places, axis).entries()) {
      write(place, updates[i]!);
    }
    return fromNumbers(call.value().dtype, call.dims(), result);
  },
  GatherND: (call) => {
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
    const { result, updates, write } = scattering(call, 2);
    const { starts, width } = pointed(call);
    for (const [row, start] of starts.entries()) {
      for (let i = 0; i < width; i++) write(start + i, updates[row * width + i]!);
    }
    return fromNumbers(call.value().dtype, call.dims(), result);
  },
};

/** A copy of the first input to write into, and how the node says that it is written. */
function scattering(call: Call, input: number) {
  const reduction = textOf(call.node, 'reduction') ?? 'none';
  const result = numbers(call.host());
  const write = (place: number, update: number): void => {
    const before = result[place]!;
    if (reduction === 'none') result[place] = update;
    else if (reduction === 'add') result[place] = before + update;
    else if (reduction === 'mul') result[place] = before * update;
    else if (reduction === 'max') result[place] = Math.max(before, update);
    else if (reduction === 'min') result[place] = Math.min(before, update);
    else call.refuse(`reduction "${reduction}" is not supported`);
  };
  return { result, updates: numbers(call.host(input)), write };
}

/** Flat places in a tensor of `dims`, for indices that replace the position on one axis. */
function elementPlaces(
  dims: readonly number[],
  own: readonly number[],
  places: readonly number[],
  axis: number,
): number[] {
  const strides = stridesOf(dims);
  const ownStrides = stridesOf(own);
  return places.map((place, i) =>
    ownStrides.reduce((sum, stride, a) => {
      const at = a === axis ? place : Math.floor(i / stride) % own[a]!;
      return sum + at * strides[a]!;
    }, 0),
  );
}

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
  const within = intOf(call.node, 'batch_dims') ?? 0;
  const strides = stridesOf(call.dims());
  const rest = call.dims().slice(within + depth);
  const indices = numbers(call.host(1));
  const count = indices.length / depth;
  const parts = elementCount(call.dims().slice(0, within));
  const apart = elementCount(call.dims().slice(within));
  const starts = Array.from({ length: count }, (_, row) => {
    const point = indices.slice(row * depth, (row + 1) * depth);
    return point.reduce(
      (sum, at, i) => sum + placesOf(call, [at], call.dims()[within + i]!)[0]! * strides[within + i]!,
      Math.floor((row * parts) / count) * apart,
    );
  });
  return { starts, width: elementCount(rest), rest };
}
