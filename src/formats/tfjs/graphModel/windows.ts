import { ints, text } from '../../../graph/attributes.ts';
import type { Attributes } from '../../../graph/graph.ts';
import { Refusal } from '../../../refusal.ts';
import type { Emitter } from './emitter.ts';
import { type NodeLowering, unsupported } from './lower.ts';
import { textOf, titleOf, wholesOf } from './nodeAttributes.ts';
import type { NodeSize, NodeValue } from './value.ts';

/** Which axes of a 4-D tensor are slid over, and which holds the channels. */
export interface Format {
  readonly channel: number;
  readonly spatial: readonly [number, number];
}

/** One axis of a window: how far it reaches, and what it makes of a size. */
export interface AxisWindow {
  readonly kernel: number;
  readonly stride: number;
  readonly dilation: number;
  readonly pads: readonly [number, number];
  /** SAME with strides along an axis of free length: the runtime finds the padding. */
  readonly auto: boolean;
  readonly output: NodeSize;
}

/**
 * Where channels and space stand in a 4-D tensor.
 * @throws Refusal for another `data_format`
 */
export function formatOf({ node }: Pick<NodeLowering, 'node'>): Format {
  const format = textOf(node, 'data_format', 'NHWC');
  if (format === 'NHWC') return { channel: 3, spatial: [1, 2] };
  if (format === 'NCHW') return { channel: 1, spatial: [2, 3] };
  throw unsupported({ node }, `has the data format ${format}`);
}

/** @throws Refusal `broken-model` for anything but four axes. */
export function fourAxes(lowering: NodeLowering, value: NodeValue): NodeValue {
  if (value.shape.length !== 4) {
    throw new Refusal(
      'broken-model',
      `${titleOf(lowering.node)} takes four axes, but gets ${value.shape.length}.`,
    );
  }
  return value;
}

/** Entry per axis of the tensor; 1 where the attribute is left out. @throws Refusal `broken-model` */
export function perAxis({ node }: NodeLowering, name: string): readonly number[] {
  const values = wholesOf(node, name);
  const sound = values.every((value) => value > 0 && value < 2 ** 31);
  if (values.length === 0) return [1, 1, 1, 1];
  if (values.length === 4 && sound) return values;
  throw new Refusal('broken-model', `${titleOf(node)} has ${name} [${values.slice(0, 8).join(', ')}].`);
}

/**
 * Windows along the spatial axes.
 * @param sizes of the value, with the padding of a SpaceToBatchND left out.
 */
export function slidingWindows(
  lowering: NodeLowering,
  value: NodeValue,
  format: Format,
  kernel: readonly number[],
): readonly AxisWindow[] {
  const strides = perAxis(lowering, 'strides');
  const dilations = perAxis(lowering, 'dilations');
  const padding = textOf(lowering.node, 'padding', 'VALID');
  const explicit = wholesOf(lowering.node, 'explicit_paddings');
  const batched = value.dilation;
  if (batched && (padding !== 'VALID' || [...strides, ...dilations].some((step) => step !== 1))) {
    throw unsupported(lowering, 'has strides or padding between SpaceToBatchND and BatchToSpaceND');
  }
  const dilated = dilations.some((step) => step !== 1);
  return format.spatial.map((axis, i) => {
    const [size, stride] = [value.shape[axis]!, strides[axis]!];
    const dilation = batched?.rates[axis] ?? dilations[axis]!;
    const reach = (kernel[i]! - 1) * dilation + 1;
    if (isAuto(size, stride, padding) && dilated) {
      throw unsupported(lowering, 'has strides, dilation and SAME padding along an axis of free length');
    }
    const pads = padsOf(lowering, padding, { size, stride, reach }, [
      batched?.padsBegin[axis] ?? explicit[2 * axis] ?? 0,
      batched?.padsEnd[axis] ?? explicit[2 * axis + 1] ?? 0,
    ]);
    return {
      kernel: kernel[i]!,
      stride,
      dilation,
      pads,
      auto: isAuto(size, stride, padding),
      output: outputSize(lowering, size, stride, reach, pads),
    };
  });
}

function isAuto(size: NodeSize, stride: number, padding: string): boolean {
  return padding === 'SAME' && typeof size !== 'number' && stride !== 1;
}

/** The padding of a Conv or pooling node over these windows. */
export function padAttributes(windows: readonly AxisWindow[]): Attributes {
  return windows.some(({ auto }) => auto)
    ? { auto_pad: text('SAME_UPPER') }
    : { pads: ints([...windows.map(({ pads }) => pads[0]), ...windows.map(({ pads }) => pads[1])]) };
}

function padsOf(
  lowering: NodeLowering,
  padding: string,
  { size, stride, reach }: { readonly size: NodeSize; readonly stride: number; readonly reach: number },
  explicit: readonly [number, number],
): readonly [number, number] {
  if (padding === 'VALID' || padding === 'EXPLICIT') {
    if (explicit.some((pad) => pad < 0)) throw unsupported(lowering, 'has a negative padding');
    return explicit;
  }
  if (padding !== 'SAME') throw unsupported(lowering, `has the padding ${padding}`);
  const total =
    typeof size === 'number'
      ? Math.max(0, (Math.ceil(size / stride) - 1) * stride + reach - size)
      : reach - 1;
  // The odd one goes to the end.
  return [Math.floor(total / 2), total - Math.floor(total / 2)];
}

function outputSize(
  { node, emit }: { readonly node: NodeLowering['node']; readonly emit: Emitter },
  size: NodeSize,
  stride: number,
  reach: number,
  [begin, end]: readonly [number, number],
): NodeSize {
  if (typeof size !== 'number') return stride === 1 && begin + end === reach - 1 ? size : emit.size();
  const output = Math.floor((size + begin + end - reach) / stride) + 1;
  if (output < 1) {
    throw new Refusal(
      'broken-model',
      `${titleOf(node)} slides a window of ${reach} over ${size + begin + end} positions.`,
    );
  }
  return output;
}

/** Axes to slide over: one of length 1 that no tensor holds is left out, so that a Conv1D stays one. */
export function slidAxes(value: NodeValue, format: Format, windows: readonly AxisWindow[]): number[] {
  const kept = [0, 1].filter((i) => {
    const axis = format.spatial[i]!;
    const { kernel, pads } = windows[i]!;
    return value.order.includes(axis) || value.shape[axis] !== 1 || kernel !== 1 || pads[0] + pads[1] > 0;
  });
  return kept.length > 0 ? kept : [1];
}
