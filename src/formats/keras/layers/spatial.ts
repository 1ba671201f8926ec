import { int, ints, text } from '../../../graph/attributes.ts';
import type { Attributes } from '../../../graph/graph.ts';
import type { LayerContext } from '../layerContext.ts';
import { type LayerValue, value } from '../value.ts';

/** Of a value's shape; null is free. */
export type Dim = number | null;

/** An input as convolutions and pools of ONNX take it. */
export interface Spatial {
  /** [N, C, …] */
  readonly tensor: string;
  readonly channels: Dim;
  /** Lengths of the axes that are slid over. */
  readonly lengths: readonly Dim[];
  /** Whether Keras has the channels last. */
  readonly last: boolean;
}

/** @param rank of the axes that are slid over: 1 or 2. */
export function spatialInput(context: LayerContext, input: LayerValue, rank: number): Spatial {
  context.rank(input, rank + 2);
  const last = context.config.word('data_format', formats, 'channels_last') === 'channels_last';
  const { dims } = input;
  return last
    ? { tensor: context.first(input), channels: dims.at(-1)!, lengths: dims.slice(1, -1), last }
    : { tensor: context.keras(input), channels: dims[1]!, lengths: dims.slice(2), last };
}

const formats = ['channels_last', 'channels_first'] as const;

/** The value of a tensor [N, C, …] in the layer's own order of axes. */
export function spatialOutput(
  tensor: string,
  input: LayerValue,
  { last }: Pick<Spatial, 'last'>,
  channels: Dim,
  lengths: readonly Dim[],
): LayerValue {
  const [batch] = input.dims;
  const dims = last ? [batch!, ...lengths, channels] : [batch!, channels, ...lengths];
  return value(tensor, dims, { channelsFirst: last });
}

/** As Keras calls them; `causal` pads before the first step only. */
export type Padding = 'valid' | 'same' | 'causal';

/** One axis of a window that slides. */
export interface Sliding {
  readonly kernel: number;
  readonly stride: number;
  readonly dilation: number;
}

/** What a window gives along an axis. */
export function slidLength(length: Dim, padding: Padding, { kernel, stride, dilation }: Sliding): Dim {
  if (length === null) return null;
  const reach = padding === 'valid' ? length - (kernel - 1) * dilation : length;
  return Math.max(0, Math.ceil(reach / stride));
}

/**
 * Attributes of Conv, MaxPool and AveragePool. 'same' puts the odd step of padding at the end, as SAME_UPPER does; that is
 * only asked for where the padding depends on the length, for it knows no dilation.
 */
export function windowAttributes(padding: Padding, axes: readonly Sliding[], dilated = true): Attributes {
  const reach = axes.map(({ kernel, dilation }) => (kernel - 1) * dilation);
  const byLength = padding === 'same' && axes.some(({ stride }) => stride > 1);
  const begin = reach.map((all) => (padding === 'causal' ? all : Math.floor(all / 2)));
  const end = reach.map((all, i) => all - begin[i]!);
  return {
    kernel_shape: ints(axes.map(({ kernel }) => kernel)),
    strides: ints(axes.map(({ stride }) => stride)),
    ...(dilated ? { dilations: ints(axes.map(({ dilation }) => dilation)) } : {}),
    ...(byLength ? { auto_pad: text('SAME_UPPER') } : {}),
    ...(padding === 'valid' || byLength ? {} : { pads: ints([...begin, ...end]) }),
  };
}

/** Kernel, strides and dilation of a layer. */
export function windowOf(context: LayerContext, rank: number): Sliding[] {
  const { config } = context;
  const kernel = config.counts('kernel_size', rank);
  const strides = config.counts('strides', rank, 1);
  const dilations = config.counts('dilation_rate', rank, 1);
  const strided = strides.some((stride) => stride > 1);
  if (strided && dilations.some((dilation) => dilation > 1))
    config.refuse('it has both strides and dilation');
  return kernel.map((size, axis) => ({ kernel: size, stride: strides[axis]!, dilation: dilations[axis]! }));
}

/** The attribute of a Conv; ONNX takes 1 where it is absent. */
export const group = (groups: number): Attributes => (groups === 1 ? {} : { group: int(groups) });
