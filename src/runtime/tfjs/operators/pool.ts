import { floatOf, intOf, intsOf } from '../../../graph/attributes.ts';
import type { Window } from '../../../graph/gradient/window.ts';
import type { Tf, TfTensor } from '../backend.ts';
import type { Call, Operators } from '../call.ts';
import { padSpatial, toChannelsFirst, toChannelsLast, two } from '../layout.ts';
import { windowAt } from './conv.ts';

/** Lower than any activation; the pools of the WebAssembly backend do not take infinity. */
const LOWEST = -3.4028234663852886e38;

/** Pooling over windows and over everything. */
export const poolOperators: Operators = {
  MaxPool: (call) => {
    if (call.node.outputs[1]) return call.refuse('its second output, the positions, is not supported');
    const { tf } = call;
    const { window, begin, end } = poolWindow(call);
    const padded = padSpatial(tf, call.device(), begin, end, LOWEST);
    return slide(
      call,
      padded,
      window,
      (x, kernel, strides) => tf.maxPool(x, kernel, strides, 'valid'),
      tf.maximum,
    );
  },
  AveragePool: (call) => {
    const { tf } = call;
    const { window, begin, end } = poolWindow(call);
    const x = call.device();
    const sums = meanOfAll(call, padSpatial(tf, x, begin, end), window);
    if ([...begin, ...end].every((pad) => pad === 0)) return sums;
    // The share of each window that counts: the mean over ones where something is read, zeros elsewhere.
    const ones = tf.ones([1, 1, ...x.shape.slice(2)]);
    const { padsBegin, padsEnd } = window;
    const counted =
      intOf(call.node, 'count_include_pad') === 1 ? padSpatial(tf, ones, padsBegin, padsEnd, 1) : ones;
    const left = begin.map((pad, i) => pad - (counted === ones ? 0 : padsBegin[i]!));
    const right = end.map((pad, i) => pad - (counted === ones ? 0 : padsEnd[i]!));
    return tf.div(sums, meanOfAll(call, padSpatial(tf, counted, left, right), window));
  },
  LpPool: (call) => {
    const { tf } = call;
    const { window, begin, end } = poolWindow(call);
    const taps = window.kernel.reduce((product, size) => product * size, 1);
    return norm(call, (powers) => {
      return tf.mul(meanOfAll(call, padSpatial(tf, powers, begin, end), window), taps);
    });
  },
  GlobalLpPool: (call) => norm(call, (powers) => call.tf.sum(powers, spatialAxes(call), true)),
  GlobalAveragePool: (call) => call.tf.mean(call.device(), spatialAxes(call), true),
  GlobalMaxPool: (call) => call.tf.max(call.device(), spatialAxes(call), true),
};

/** (Σ |x|ᵖ)^(1/p) */
function norm(call: Call, sum: (powers: TfTensor) => TfTensor): TfTensor {
  const { tf } = call;
  const p = intOf(call.node, 'p') ?? floatOf(call.node, 'p') ?? 2;
  const size = tf.abs(call.device());
  if (p === 1) return sum(size);
  return p === 2 ? tf.sqrt(sum(tf.square(size))) : tf.pow(sum(tf.pow(size, p)), 1 / p);
}

function spatialAxes(call: Call): number[] {
  if (call.dims().includes(0)) call.refuse('its input is empty');
  return call
    .dims()
    .map((_, axis) => axis)
    .slice(2);
}

/** The window, and the padding that makes its last position complete where the node rounds up. */
function poolWindow(call: Call): { window: Window; begin: readonly number[]; end: readonly number[] } {
  const kernel = intsOf(call.node, 'kernel_shape') ?? call.refuse('it names no kernel_shape');
  const window = windowAt(call, kernel);
  const { input, strides, dilations, padsBegin: begin, padsEnd } = window;
  if (intOf(call.node, 'ceil_mode') !== 1) return { window, begin, end: padsEnd };
  const end = input.map((size, i) => {
    const reach = (kernel[i]! - 1) * dilations[i]! + 1;
    const steps = Math.ceil((size + begin[i]! + padsEnd[i]! - reach) / strides[i]!);
    // A window that would start in the padding behind the end is left out.
    const last = steps * strides[i]! >= size + begin[i]! ? steps - 1 : steps;
    return last * strides[i]! + reach - size - begin[i]!;
  });
  return { window, begin, end };
}

function meanOfAll(call: Call, x: TfTensor, window: Window): TfTensor {
  const { tf } = call;
  const taps = window.kernel.reduce((product, size) => product * size, 1);
  const dilated = window.dilations.some((dilation) => dilation !== 1);
  const y = slide(
    call,
    x,
    window,
    (each, kernel, strides) => tf.avgPool(each, kernel, strides, 'valid'),
    tf.add,
  );
  return dilated && taps > 1 ? tf.div(y, taps) : y;
}

type Image = ReturnType<Tf['tensor4d']>;

/** The backend's pool; where the window is dilated, which it cannot, its taps one after the other. */
function slide(
  call: Call,
  x: TfTensor,
  { kernel, strides, dilations }: Window,
  pool: (x: Image, kernel: [number, number], strides: [number, number]) => TfTensor,
  join: (a: TfTensor, b: TfTensor) => TfTensor,
): TfTensor {
  const { tf } = call;
  const dilated = dilations.some((dilation) => dilation !== 1);
  if (!dilated && kernel.some((size) => size > 1)) {
    const y = pool(toChannelsLast(call, x) as Image, two(kernel), two(strides));
    return toChannelsFirst(tf, y, x.rank);
  }
  const at = positions(kernel).map((tap) => {
    const from = tap.map((step, i) => step * dilations[i]!);
    // The last output reads as far before the end as the last tap lies behind this one.
    const to = x.shape.slice(2).map((size, i) => size - (kernel[i]! - 1) * dilations[i]! + from[i]!);
    return tf.stridedSlice(x, [0, 0, ...from], [...x.shape.slice(0, 2), ...to], [1, 1, ...strides]);
  });
  return at.reduce((a, b) => join(a, b));
}

/** All positions inside a window, the last axis fastest. */
function positions(kernel: readonly number[]): number[][] {
  return kernel.reduce<number[][]>(
    (before, size) => before.flatMap((tap) => Array.from({ length: size }, (_, step) => [...tap, step])),
    [[]],
  );
}
