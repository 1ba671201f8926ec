import { int, ints } from '../../../graph/attributes.ts';
import { type LayerContext, permutedValues } from '../layerContext.ts';
import type { LayerRule, LayerRules } from '../layerRule.ts';
import type { LayerValue } from '../value.ts';
import { activated } from './activations.ts';
import {
  group,
  type Padding,
  type Sliding,
  type Spatial,
  slidLength,
  spatialInput,
  spatialOutput,
  windowAttributes,
  windowOf,
} from './spatial.ts';

const paddings = ['valid', 'same', 'causal'] as const;

/** The third input of a Conv, [channels]; none where `use_bias` is off. */
export function bias(context: LayerContext, channels: number): string[] {
  return context.has('bias')
    ? [context.constant([channels], context.weight('bias', [channels]), 'bias')]
    : [];
}

/** Kernel [k…, C/groups, filters] → [filters, C/groups, k…]. */
function conv(rank: number): LayerRule {
  return {
    mask: 'drops',
    write(context, input) {
      const { config } = context;
      const from = spatialInput(context, input, rank);
      const filters = config.count('filters', undefined, 1);
      const groups = config.count('groups', 1, 1);
      const axes = windowOf(context, rank);
      const dims = [...axes.map(({ kernel }) => kernel), perGroup(context, input, from, groups), filters];
      const kernel = context.weight('kernel', dims);
      const perm = [rank + 1, rank, ...axes.map((_, i) => i)];
      const weight = context.constant(
        perm.map((axis) => dims[axis]!),
        permutedValues(kernel, dims, perm),
        'kernel',
      );
      return slide(context, input, from, { weight, filters, groups, axes });
    },
  };
}

function perGroup(context: LayerContext, input: LayerValue, from: Spatial, groups: number): number {
  const channels = context.known(input, from.last ? -1 : 1);
  if (channels % groups !== 0) context.config.wrong('groups', `a divisor of ${channels}`);
  return channels / groups;
}

/** Kernel [k…, C, multiplier] → [C·multiplier, 1, k…], one group per channel. */
function depthwise(rank: number): LayerRule {
  return {
    mask: 'drops',
    write(context, input) {
      const from = spatialInput(context, input, rank);
      const kernel = depthwiseKernel(context, input, from, rank, 'kernel');
      return slide(context, input, from, kernel);
    },
  };
}

interface Kernel {
  readonly weight: string;
  readonly filters: number;
  readonly groups: number;
  readonly axes: readonly Sliding[];
}

function depthwiseKernel(
  context: LayerContext,
  input: LayerValue,
  from: Spatial,
  rank: number,
  variable: string,
): Kernel {
  const groups = context.known(input, from.last ? -1 : 1);
  const multiplier = context.config.count('depth_multiplier', 1, 1);
  const axes = windowOf(context, rank);
  const sizes = axes.map(({ kernel }) => kernel);
  const dims = [...sizes, groups, multiplier];
  const data = permutedValues(context.weight(variable, dims), dims, [
    rank,
    rank + 1,
    ...axes.map((_, i) => i),
  ]);
  const filters = groups * multiplier;
  return { weight: context.constant([filters, 1, ...sizes], data, 'kernel'), filters, groups, axes };
}

/** Depthwise without bias, then a convolution of length 1 over the channels. */
function separable(rank: number): LayerRule {
  return {
    mask: 'drops',
    write(context, input) {
      const { config } = context;
      const from = spatialInput(context, input, rank);
      const depth = depthwiseKernel(context, input, from, rank, 'depthwise_kernel');
      const padding = config.word('padding', paddings, 'valid');
      const between = convolve(context, from.tensor, depth, padding, []);
      const filters = config.count('filters', undefined, 1);
      const ones = depth.axes.map(() => 1);
      const dims = [...ones, depth.filters, filters];
      const perm = [rank + 1, rank, ...ones.map((_, i) => i)];
      const data = permutedValues(context.weight('pointwise_kernel', dims), dims, perm);
      const weight = context.constant([filters, depth.filters, ...ones], data, 'pointwise');
      const axes = ones.map(() => ({ kernel: 1, stride: 1, dilation: 1 }));
      const out = convolve(context, between, { weight, groups: 1, axes }, 'valid', bias(context, filters));
      const lengths = from.lengths.map((length, axis) => slidLength(length, padding, depth.axes[axis]!));
      return activated(context, spatialOutput(out, input, from, filters, lengths));
    },
  };
}

function slide(context: LayerContext, input: LayerValue, from: Spatial, kernel: Kernel): LayerValue {
  const padding = context.config.word('padding', paddings, 'valid');
  const out = convolve(context, from.tensor, kernel, padding, bias(context, kernel.filters));
  const lengths = from.lengths.map((length, axis) => slidLength(length, padding, kernel.axes[axis]!));
  return activated(context, spatialOutput(out, input, from, kernel.filters, lengths));
}

function convolve(
  { builder }: LayerContext,
  tensor: string,
  { weight, groups, axes }: Omit<Kernel, 'filters'>,
  padding: Padding,
  bias: readonly string[],
): string {
  return builder.add('Conv', [tensor, weight, ...bias], {
    ...windowAttributes(padding, axes),
    ...group(groups),
  });
}

/** Kernel [k…, filters, C] → [C, filters, k…]. */
function transposed(rank: number): LayerRule {
  return {
    mask: 'drops',
    write(context, input) {
      const { config, builder } = context;
      const from = spatialInput(context, input, rank);
      const channels = context.known(input, from.last ? -1 : 1);
      const filters = config.count('filters', undefined, 1);
      const axes = windowOf(context, rank);
      const dims = [...axes.map(({ kernel }) => kernel), filters, channels];
      const perm = [rank + 1, rank, ...axes.map((_, i) => i)];
      const data = permutedValues(context.weight('kernel', dims), dims, perm);
      const weight = context.constant(
        perm.map((axis) => dims[axis]!),
        data,
        'kernel',
      );
      const same = config.word('padding', ['valid', 'same'], 'valid') === 'same';
      const extra = config.get('output_padding');
      const asked = extra === undefined ? undefined : config.counts('output_padding', rank, undefined, 0);
      const ends = axes.map((axis, i) => transposedEnds(axis, same, asked?.[i]));
      const out = builder.add('ConvTranspose', [from.tensor, weight, ...bias(context, filters)], {
        kernel_shape: ints(axes.map(({ kernel }) => kernel)),
        strides: ints(axes.map(({ stride }) => stride)),
        dilations: ints(axes.map(({ dilation }) => dilation)),
        pads: ints([...ends.map(({ begin }) => begin), ...ends.map(({ end }) => end)]),
        output_padding: ints(ends.map(({ output }) => output)),
        group: int(1),
      });
      const lengths = from.lengths.map((length, i) =>
        length === null ? null : (length - 1) * axes[i]!.stride + 1 + ends[i]!.more,
      );
      return activated(context, spatialOutput(out, input, from, filters, lengths));
    },
  };
}

/**
 * What is cut from, or put to, the (n − 1)·stride + reach values a transposed convolution gives along an axis.
 * Keras: 'same' gives n·stride, 'valid' n·stride + max(0, reach − stride), and with `output_padding` p
 * (n − 1)·stride + p + reach, for 'same' only the odd step of the reach.
 */
function transposedEnds({ kernel, stride, dilation }: Sliding, same: boolean, asked: number | undefined) {
  const reach = (kernel - 1) * dilation + 1;
  const wanted =
    asked === undefined ? (same ? stride : Math.max(stride, reach)) : (same ? reach % 2 : reach) + asked;
  const cut = Math.max(0, reach - wanted);
  const begin = Math.floor(cut / 2);
  return { begin, end: cut - begin, output: Math.max(0, wanted - reach), more: wanted - 1 };
}

/** Convolutions over one or two axes, and their transposes. */
export const convRules: LayerRules = {
  Conv1D: conv(1),
  Conv2D: conv(2),
  DepthwiseConv1D: depthwise(1),
  DepthwiseConv2D: depthwise(2),
  SeparableConv1D: separable(1),
  SeparableConv2D: separable(2),
  Conv1DTranspose: transposed(1),
  Conv2DTranspose: transposed(2),
};
