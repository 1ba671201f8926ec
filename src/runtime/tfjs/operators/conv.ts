import { intOf, intsOf, textOf } from '../../../graph/attributes.ts';
import { filled, windowOf } from '../../../graph/gradient/window.ts';
import type { TfTensor } from '../backend.ts';
import type { Call, Operators } from '../call.ts';
import { convolve, type Once, spreadTaps } from '../convolve.ts';

/** Convolutions in one or two spatial axes. */
export const convOperators: Operators = {
  Conv: (call) => {
    const kernel = call.dims(1);
    const window = windowAt(call, kernel.slice(2));
    const y = convolve(
      call,
      call.device(),
      () => call.device(1),
      kernel,
      { ...window, groups: intOf(call.node, 'group') ?? 1 },
      onceFor(call),
    );
    return withBias(call, y);
  },
  ConvTranspose: (call) => {
    const { tf, node } = call;
    const groups = intOf(node, 'group') ?? 1;
    const kernel = call.dims(1);
    const taps = kernel.slice(2);
    const axes = taps.length;
    const strides = intsOf(node, 'strides') ?? filled(axes, 1);
    const dilations = intsOf(node, 'dilations') ?? filled(axes, 1);
    const { begin, end } = cropped(call, taps, strides, dilations);
    // Zeros between the inputs, then a convolution of stride 1 with the turned kernel.
    const spread = spreadTaps(tf, call.device(), strides);
    const full = taps.map((size, i) => (size - 1) * dilations[i]!);
    const outputs = kernel[1]! * groups;
    const y = convolve(
      call,
      spread,
      () => turned(call, call.device(1), groups),
      [outputs, kernel[0]! / groups, ...taps],
      {
        strides: filled(axes, 1),
        dilations,
        padsBegin: full.map((reach, i) => reach - begin[i]!),
        padsEnd: full.map((reach, i) => reach - end[i]!),
        groups,
      },
      onceFor(call),
    );
    return withBias(call, y);
  },
};

function onceFor(call: Call): Once {
  return (key, make) => call.once(key, [1], make);
}

/** Window of a convolution or a pool at this input; SAME pads are counted from the strides. */
export function windowAt(call: Call, kernel: readonly number[]) {
  const { node } = call;
  const input = call.dims().slice(2);
  const strides = intsOf(node, 'strides') ?? filled(input.length, 1);
  const same = input.map((size, i) => Math.ceil(size / strides[i]!));
  const window = windowOf(node, input, same, kernel);
  const short = kernel.some((taps, i) => {
    const reached = (taps - 1) * window.dilations[i]! + 1;
    return input[i]! + window.padsBegin[i]! + window.padsEnd[i]! < reached || input[i] === 0;
  });
  if (short) call.refuse(`its window [${kernel.join(', ')}] is longer than its input [${input.join(', ')}]`);
  return window;
}

function withBias(call: Call, y: TfTensor): TfTensor {
  if (!call.has(2)) return y;
  const { tf } = call;
  const shape = [1, call.dims(2)[0]!, ...y.shape.slice(2).map(() => 1)];
  return tf.add(
    y,
    call.once('bias', [2], () => tf.reshape(call.device(2), shape)),
  );
}

/** Steps that are cut off the whole transposed convolution (negative: put on), as the ONNX operator defines them. */
function cropped(
  call: Call,
  taps: readonly number[],
  strides: readonly number[],
  dilations: readonly number[],
): { begin: readonly number[]; end: readonly number[] } {
  const { node } = call;
  const more = intsOf(node, 'output_padding') ?? filled(taps.length, 0);
  const pads = intsOf(node, 'pads') ?? filled(2 * taps.length, 0);
  const auto = textOf(node, 'auto_pad') ?? 'NOTSET';
  const wanted = intsOf(node, 'output_shape')?.slice(-taps.length);
  const input = call.dims().slice(2);
  if (input.includes(0)) call.refuse('its input is empty');
  const whole = taps.map((size, i) => (input[i]! - 1) * strides[i]! + (size - 1) * dilations[i]! + 1);
  if (!wanted && !auto.startsWith('SAME')) {
    const explicit = auto === 'VALID' ? filled(2 * taps.length, 0) : pads;
    return {
      begin: explicit.slice(0, taps.length),
      end: explicit.slice(taps.length).map((pad, i) => pad - more[i]!),
    };
  }
  const output = wanted ?? input.map((size, i) => size * strides[i]!);
  const total = whole.map((size, i) => size + more[i]! - output[i]!);
  const begin = total.map((steps) => {
    const less = Math.floor(Math.max(0, steps) / 2);
    return auto === 'SAME_UPPER' ? less : Math.max(0, steps) - less;
  });
  return { begin, end: whole.map((size, i) => size - output[i]! - begin[i]!) };
}

/** [C, M / groups, k…] → [M, C / groups, k… reversed] */
function turned({ tf }: Call, kernel: TfTensor, groups: number): TfTensor {
  const [inputs, outputs, ...taps] = kernel.shape as [number, number, ...number[]];
  const reversed = tf.reverse(
    kernel,
    taps.map((_, i) => i + 2),
  );
  const apart = tf.reshape(reversed, [groups, inputs / groups, outputs, elements(taps)]);
  return tf.reshape(tf.transpose(apart, [0, 2, 1, 3]), [groups * outputs, inputs / groups, ...taps]);
}

function elements(taps: readonly number[]): number {
  return taps.reduce((product, size) => product * size, 1);
}
