import { floatOf, intOf, intsOf, textOf } from '../../../graph/attributes.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import type { TfTensor } from '../backend.ts';
import type { Call, Operators, Result } from '../call.ts';
import { fromNumbers, stridesOf, zeros } from '../host/array.ts';
import { concat, copyView } from '../host/view.ts';
import { padOrCrop } from '../layout.ts';

/** Operators that cut and join. */
export const selectOperators: Operators = {
  Concat: (call) => {
    const axis = call.axis(intOf(call.node, 'axis') ?? 1);
    const indices = call.values.map((_, index) => index);
    return call.value().dtype === 'float32'
      ? call.tf.concat(
          indices.map((index) => call.device(index)),
          axis,
        )
      : concat(
          indices.map((index) => call.host(index)),
          axis,
        );
  },
  Split: (call) => {
    const axis = call.axis(intOf(call.node, 'axis') ?? 0);
    const length = call.dims()[axis]!;
    const parts = call.node.outputs.length;
    const even = Math.ceil(length / parts);
    const sizes = call.has(1)
      ? call.numbers(1)
      : (intsOf(call.node, 'split') ??
        Array.from({ length: parts }, (_, i) => Math.max(0, Math.min(even, length - i * even))));
    let from = 0;
    return sizes.map((size) => {
      const cut = { axis, from, count: size, step: 1 };
      from += size;
      return sliced(call, [cut]);
    });
  },
  Slice: (call) => sliced(call, cutsOf(call)),
  Pad: (call) => {
    const { node } = call;
    const mode = textOf(node, 'mode') ?? 'constant';
    const pairs = padsOf(call);
    if (mode === 'reflect' || mode === 'edge' || mode === 'wrap') return outward(call, mode, pairs);
    if (mode !== 'constant') return call.refuse(`mode "${mode}" is not supported`);
    const value = call.has(2) ? call.number(2) : (floatOf(node, 'value') ?? 0);
    if (call.value().dtype !== 'float32') return paddedOnHost(call.host(), pairs, value);
    const padded = padOrCrop(call.tf, call.device(), pairs, value);
    return padded === call.device() ? call.value().retain() : padded;
  },
};

interface Cut {
  readonly axis: number;
  readonly from: number;
  readonly count: number;
  readonly step: number;
}

/** Bounds as the ONNX operator clamps them; before opset 10 they are attributes. */
function cutsOf(call: Call): Cut[] {
  const { node } = call;
  const starts = call.has(1) ? call.numbers(1) : (intsOf(node, 'starts') ?? []);
  const ends = call.has(2) ? call.numbers(2) : (intsOf(node, 'ends') ?? []);
  const axes = call.has(3) ? call.numbers(3) : (intsOf(node, 'axes') ?? starts.map((_, i) => i));
  const steps = call.has(4) ? call.numbers(4) : starts.map(() => 1);
  return axes.map((said, i) => {
    const axis = call.axis(said);
    const size = call.dims()[axis]!;
    const step = steps[i]!;
    if (step === 0) call.refuse('its step is 0');
    const bound = (value: number) => {
      const counted = value < 0 ? value + size : value;
      return step > 0 ? Math.min(size, Math.max(0, counted)) : Math.min(size - 1, Math.max(-1, counted));
    };
    const from = bound(starts[i]!);
    return { axis, from, count: Math.max(0, Math.ceil((bound(ends[i]!) - from) / step)), step };
  });
}

function sliced(call: Call, cuts: readonly Cut[]): Result {
  const value = call.value();
  const from = value.dims.map(() => 0);
  const dims = [...value.dims];
  const steps = value.dims.map(() => 1);
  for (const cut of cuts) {
    from[cut.axis] = cut.from;
    dims[cut.axis] = cut.count;
    steps[cut.axis] = cut.step;
  }
  if (value.dtype !== 'float32') {
    const strides = stridesOf(value.dims);
    const offset = from.reduce((sum, start, axis) => sum + start * strides[axis]!, 0);
    return copyView(value.host(), {
      dims,
      strides: strides.map((stride, axis) => stride * steps[axis]!),
      offset,
    });
  }
  if (dims.includes(0)) return zeros('float32', dims);
  return onDevice(call, call.device(), from, dims, steps);
}

/** Backwards steps are forward ones over the turned axis. */
function onDevice(call: Call, x: TfTensor, from: number[], dims: number[], steps: number[]): TfTensor {
  const { tf } = call;
  if (steps.every((step) => step === 1)) return tf.slice(x, from, dims);
  const back = steps.flatMap((step, axis) => (step < 0 ? [axis] : []));
  const turned = back.length > 0 ? tf.reverse(x, back) : x;
  const starts = from.map((start, axis) => (steps[axis]! < 0 ? x.shape[axis]! - 1 - start : start));
  const sizes = steps.map(Math.abs);
  const ends = starts.map((start, axis) => start + (dims[axis]! - 1) * sizes[axis]! + 1);
  return tf.stridedSlice(turned, starts, ends, sizes);
}

/** Pads of every axis, before and after. */
function padsOf(call: Call): [number, number][] {
  const { node } = call;
  const pads = call.has(1) ? call.numbers(1) : (intsOf(node, 'pads') ?? []);
  const axes = call.has(3)
    ? call.numbers(3).map((axis) => call.axis(axis))
    : call.dims().map((_, axis) => axis);
  const pairs = call.dims().map((): [number, number] => [0, 0]);
  for (const [i, axis] of axes.entries()) pairs[axis] = [pads[i] ?? 0, pads[i + axes.length] ?? 0];
  return pairs;
}

function paddedOnHost(source: Tensor, pairs: readonly [number, number][], value: number): Tensor {
  return pairs.reduce((padded, [before, after], axis) => {
    const size = padded.dims[axis]!;
    const strides = stridesOf(padded.dims);
    const from = Math.max(0, -before);
    const dims = padded.dims.with(axis, size + Math.min(0, before) + Math.min(0, after));
    const middle = copyView(padded, { dims, strides, offset: from * strides[axis]! });
    const filled = (count: number) => {
      const shape = dims.with(axis, Math.max(0, count));
      return fromNumbers(source.dtype, shape, new Float64Array(shape.reduce((a, b) => a * b, 1)).fill(value));
    };
    return concat([filled(before), middle, filled(after)], axis);
  }, source);
}

/** Padding by the tensor's own values: each axis is gathered from the places that it continues with. */
function outward(call: Call, mode: 'reflect' | 'edge' | 'wrap', pairs: readonly [number, number][]): Result {
  const { tf } = call;
  return pairs.reduce((x, [before, after], axis) => {
    if (before === 0 && after === 0) return x;
    const size = x.shape[axis]!;
    const places = Array.from({ length: before + size + after }, (_, i) => {
      const at = i - before;
      if (mode === 'edge') return Math.min(size - 1, Math.max(0, at));
      const period = mode === 'wrap' ? size : Math.max(1, 2 * size - 2);
      const inside = ((at % period) + period) % period;
      return inside < size ? inside : period - inside;
    });
    return tf.gather(x, tf.tensor1d(places, 'int32'), axis);
  }, tf.clone(call.device()));
}
