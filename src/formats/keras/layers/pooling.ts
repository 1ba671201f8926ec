import { int } from '../../../graph/attributes.ts';
import type { Attributes } from '../../../graph/graph.ts';
import type { LayerContext } from '../layerContext.ts';
import type { LayerRule, LayerRules } from '../layerRule.ts';
import { value } from '../value.ts';
import { slidLength, spatialInput, spatialOutput, windowAttributes } from './spatial.ts';

/** Padding of 'same' counts for nothing: not for the maximum, and not for the mean. */
function pool(op: 'MaxPool' | 'AveragePool', rank: number): LayerRule {
  return {
    mask: 'drops',
    write(context, input) {
      const { config } = context;
      const from = spatialInput(context, input, rank);
      const kernel = config.counts('pool_size', rank, 2);
      const strides = config.get('strides') === undefined ? kernel : config.counts('strides', rank);
      const padding = config.word('padding', ['valid', 'same'], 'valid');
      const axes = kernel.map((size, i) => ({ kernel: size, stride: strides[i]!, dilation: 1 }));
      const more: Attributes = op === 'AveragePool' ? { count_include_pad: int(0) } : {};
      const tensor = context.builder.add(op, [from.tensor], {
        ...windowAttributes(padding, axes, false),
        ...more,
      });
      const lengths = from.lengths.map((length, i) => slidLength(length, padding, axes[i]!));
      return spatialOutput(tensor, input, from, from.channels, lengths);
    },
  };
}

function globalPool(op: 'ReduceMax' | 'ReduceMean', rank: number): LayerRule {
  return {
    mask: op === 'ReduceMean' && rank === 1 ? 'own' : 'drops',
    write(context, input) {
      const { builder, config } = context;
      const from = spatialInput(context, input, rank);
      const keep = config.flag('keepdims', false);
      const axes = from.lengths.map((_, i) => i + 2);
      const masked = op === 'ReduceMean' && rank === 1 ? input.mask : undefined;
      const tensor =
        masked === undefined
          ? builder.reduce(op, from.tensor, axes, keep)
          : maskedMean(context, from.tensor, masked, keep);
      if (keep)
        return spatialOutput(
          tensor,
          { ...input, mask: undefined },
          from,
          from.channels,
          from.lengths.map(() => 1),
        );
      return value(tensor, [input.dims[0]!, from.channels]);
    },
  };
}

/** Σ m x / Σ m over the steps the mask [N, T] leaves. */
function maskedMean({ builder }: LayerContext, x: string, mask: string, keep: boolean): string {
  const over = builder.unsqueeze(mask, [1]);
  const left = builder.add('Where', [over, x, builder.scalar(0)]);
  const sum = builder.reduce('ReduceSum', left, [2], keep);
  return builder.add('Div', [sum, builder.reduce('ReduceSum', builder.toFloat(over), [2], keep)]);
}

/** Every value `size` times, or between neighbours in a straight line. */
function upSampling(rank: number): LayerRule {
  return {
    mask: 'drops',
    write(context, input) {
      const { builder, config } = context;
      const from = spatialInput(context, input, rank);
      const sizes = config.counts('size', rank, 2);
      const linear = config.text('interpolation', 'nearest');
      if (linear !== 'nearest' && linear !== 'bilinear') config.refuse(`"interpolation" is "${linear}"`);
      const scales = context.constant([rank + 2], Float32Array.of(1, 1, ...sizes), 'scales');
      const way: Record<string, string> =
        linear === 'nearest'
          ? { mode: 'nearest', coordinate_transformation_mode: 'asymmetric', nearest_mode: 'floor' }
          : { mode: 'linear', coordinate_transformation_mode: 'half_pixel' };
      const attributes = Object.fromEntries(
        Object.entries(way).map(([key, word]) => [key, { kind: 'string', value: word } as const]),
      );
      const tensor = builder.add('Resize', [from.tensor, '', scales], attributes);
      const lengths = from.lengths.map((length, i) => (length === null ? null : length * sizes[i]!));
      return spatialOutput(tensor, input, from, from.channels, lengths);
    },
  };
}

/** [begin, end] per axis, as Keras writes them: one number, one per axis, or a pair per axis. */
function margins({ config }: LayerContext, key: string, rank: number): [number, number][] {
  const given = config.get(key) ?? 1;
  const list = Array.isArray(given) ? given : Array.from({ length: rank }, () => given);
  const pairs = rank === 1 && list.length === 2 ? [list] : list;
  const whole = (one: unknown) =>
    typeof one === 'number' && Number.isInteger(one) && one >= 0 && one <= 2 ** 24
      ? one
      : config.wrong(key, 'numbers of steps');
  if (pairs.length !== rank) config.wrong(key, 'numbers of steps');
  return pairs.map((pair) =>
    Array.isArray(pair) ? [whole(pair[0]), whole(pair[1])] : [whole(pair), whole(pair)],
  );
}

function padOrCrop(key: 'padding' | 'cropping', rank: number): LayerRule {
  return {
    mask: 'drops',
    write(context, input) {
      const { builder } = context;
      const from = spatialInput(context, input, rank);
      const edges = margins(context, key, rank);
      const sign = key === 'padding' ? 1 : -1;
      const pads = [
        0,
        0,
        ...edges.map(([begin]) => sign * begin),
        0,
        0,
        ...edges.map(([, end]) => sign * end),
      ];
      const cut = edges
        .map((edge, i) => ({ edge, axis: i + 2 }))
        .filter(({ edge }) => edge[0] > 0 || edge[1] > 0);
      const tensor =
        key === 'padding'
          ? builder.pad(from.tensor, pads)
          : cut.length === 0
            ? from.tensor
            : builder.slice(
                from.tensor,
                cut.map(({ axis }) => axis),
                cut.map(({ edge }) => edge[0]),
                cut.map(({ edge }) => (edge[1] === 0 ? 2 ** 31 - 1 : -edge[1])),
              );
      const lengths = from.lengths.map((length, i) =>
        length === null ? null : length + sign * (edges[i]![0] + edges[i]![1]),
      );
      return spatialOutput(tensor, input, from, from.channels, lengths);
    },
  };
}

/** Pooling, upsampling, padding and cropping; GlobalAveragePooling1D heeds the mask. */
export const poolingRules: LayerRules = {
  MaxPooling1D: pool('MaxPool', 1),
  MaxPooling2D: pool('MaxPool', 2),
  AveragePooling1D: pool('AveragePool', 1),
  AveragePooling2D: pool('AveragePool', 2),
  GlobalMaxPooling1D: globalPool('ReduceMax', 1),
  GlobalMaxPooling2D: globalPool('ReduceMax', 2),
  GlobalAveragePooling1D: globalPool('ReduceMean', 1),
  GlobalAveragePooling2D: globalPool('ReduceMean', 2),
  UpSampling1D: upSampling(1),
  UpSampling2D: upSampling(2),
  ZeroPadding1D: padOrCrop('padding', 1),
  ZeroPadding2D: padOrCrop('padding', 2),
  Cropping1D: padOrCrop('cropping', 1),
  Cropping2D: padOrCrop('cropping', 2),
};
