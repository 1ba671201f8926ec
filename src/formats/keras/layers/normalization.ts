import { float, int } from '../../../graph/attributes.ts';
import type { LayerContext } from '../layerContext.ts';
import type { LayerRule, LayerRules } from '../layerRule.ts';
import { type LayerValue, storedAxis } from '../value.ts';
import { elementwise } from './advancedActivations.ts';

function axesOf({ config }: LayerContext, input: LayerValue, fallback: readonly number[]): number[] {
  const rank = input.dims.length;
  const axes = config.integers('axis', fallback).map((axis) => (axis < 0 ? axis + rank : axis));
  return axes.every((axis) => axis > 0 && axis < rank)
    ? axes.sort((a, b) => a - b)
    : config.wrong('axis', 'axes of the input');
}

const filled = (count: number, fill: number) => new Float32Array(count).fill(fill);

/** γ or β where the layer has it, else `fill`. */
function parameter(context: LayerContext, name: string, dims: readonly number[], fill: number): Float32Array {
  const count = dims.reduce((product, dim) => product * dim, 1);
  return context.has(name) ? context.weight(name, dims) : filled(count, fill);
}

/** As in inference, with the running mean and variance. */
const batchNorm: LayerRule = {
  mask: 'keeps',
  write(context, input) {
    const [axis, ...more] = axesOf(context, input, [-1]);
    if (axis === undefined || more.length > 0) context.config.refuse('it normalises several axes');
    const size = context.known(input, axis!);
    const rank = input.dims.length;
    const last = axis === rank - 1;
    // ONNX wants the channels on axis 1.
    if (!last && axis !== 1) context.config.refuse(`its axis is ${axis}`);
    const onto: LayerValue =
      last && rank > 2
        ? { ...input, tensor: context.first(input), channelsFirst: true }
        : context.plain(input);
    const vector = (name: string, fill: number) =>
      context.constant([size], parameter(context, name, [size], fill), name);
    const tensor = context.builder.add(
      'BatchNormalization',
      [
        onto.tensor,
        vector('gamma', 1),
        vector('beta', 0),
        vector('moving_mean', 0),
        vector('moving_variance', 1),
      ],
      { epsilon: float(context.config.number('epsilon', 1e-3)) },
    );
    return { ...onto, tensor };
  },
};

/** Over the last axes as one operator, over others written out. */
const layerNorm: LayerRule = {
  mask: 'keeps',
  write(context, given) {
    const { builder, config } = context;
    const input = context.plain(given);
    const axes = axesOf(context, input, [-1]);
    const dims = axes.map((axis) => context.known(input, axis));
    const epsilon = config.number('epsilon', 1e-3);
    const rank = input.dims.length;
    const trailing = axes.every((axis, i) => axis === rank - axes.length + i);
    if (trailing && !config.flag('rms_scaling', false)) {
      const scale = context.constant(dims, parameter(context, 'gamma', dims, 1), 'gamma');
      const shift = context.constant(dims, parameter(context, 'beta', dims, 0), 'beta');
      const attributes = { axis: int(axes[0]!), epsilon: float(epsilon) };
      return {
        ...input,
        tensor: builder.add('LayerNormalization', [input.tensor, scale, shift], attributes),
      };
    }
    const centred = config.flag('rms_scaling', false)
      ? input.tensor
      : builder.add('Sub', [input.tensor, builder.reduce('ReduceMean', input.tensor, axes, true)]);
    const along = input.dims.map((dim, axis) => (axes.includes(axis) ? dim! : 1)).slice(1);
    const scale = context.constant(along, parameter(context, 'gamma', dims, 1), 'gamma');
    const normal = builder.add('Mul', [divided(context, centred, axes, epsilon), scale]);
    if (!context.has('beta')) return { ...input, tensor: normal };
    const shift = context.constant(along, context.weight('beta', dims), 'beta');
    return { ...input, tensor: builder.add('Add', [normal, shift]) };
  },
};

/** x / √(mean x² + ε) */
function divided({ builder }: LayerContext, x: string, axes: readonly number[], epsilon: number): string {
  const variance = builder.reduce('ReduceMean', builder.add('Mul', [x, x]), axes, true);
  return builder.add('Div', [
    x,
    builder.add('Sqrt', [builder.add('Add', [variance, builder.scalar(epsilon)])]),
  ]);
}

const rmsNorm: LayerRule = {
  mask: 'drops',
  write(context, given) {
    const input = context.plain(given);
    const axes = axesOf(context, input, [-1]);
    const dims = axes.map((axis) => context.known(input, axis));
    const normal = divided(context, input.tensor, axes, context.config.number('epsilon', 1e-6));
    const along = input.dims.map((dim, axis) => (axes.includes(axis) ? dim! : 1)).slice(1);
    const scale = context.constant(along, context.weight('scale', dims), 'scale');
    return { ...input, tensor: context.builder.add('Mul', [normal, scale]) };
  },
};

/** Channels in groups, each normalised with all its positions (Wu & He 2018). */
const groupNorm: LayerRule = {
  mask: 'keeps',
  write(context, input) {
    const { builder, config } = context;
    const [axis] = axesOf(context, input, [-1]);
    const rank = input.dims.length;
    const last = axis === rank - 1;
    if (!last && axis !== 1) config.refuse(`its axis is ${axis}`);
    const channels = context.known(input, axis!);
    const asked = config.integers('groups', [32])[0]!;
    const groups = asked === -1 ? channels : asked;
    if (groups < 1 || channels % groups !== 0) config.wrong('groups', `a divisor of ${channels}`);
    const onto: LayerValue =
      last && rank > 2
        ? { ...input, tensor: context.first(input), channelsFirst: true }
        : context.plain(input);
    // Opset 18 has one scale per group, Keras one per channel: the scale comes after.
    const ones = context.constant([groups], filled(groups, 1), 'ones');
    const zeros = context.constant([groups], filled(groups, 0), 'zeros');
    let tensor = builder.add('GroupNormalization', [onto.tensor, ones, zeros], {
      num_groups: int(groups),
      epsilon: float(config.number('epsilon', 1e-3)),
    });
    const along = [channels, ...Array.from({ length: rank - 2 }, () => 1)];
    if (context.has('gamma')) {
      tensor = builder.add('Mul', [
        tensor,
        context.constant(along, context.weight('gamma', [channels]), 'gamma'),
      ]);
    }
    if (context.has('beta')) {
      tensor = builder.add('Add', [
        tensor,
        context.constant(along, context.weight('beta', [channels]), 'beta'),
      ]);
    }
    return { ...onto, tensor };
  },
};

/** x / max(‖x‖₂, 1e-6) along the axes. */
const unitNorm: LayerRule = {
  mask: 'keeps',
  write(context, input) {
    const { builder } = context;
    const axes = axesOf(context, input, [-1]).map((axis) => storedAxis(input, axis));
    const squares = builder.reduce('ReduceSum', builder.add('Mul', [input.tensor, input.tensor]), axes, true);
    const norm = builder.add('Sqrt', [builder.add('Max', [squares, builder.scalar(1e-12)])]);
    return { ...input, tensor: builder.add('Div', [input.tensor, norm]) };
  },
};

/** (x − mean) / max(√variance, 1e-7), with statistics from the file or from the configuration. */
const normalization: LayerRule = {
  mask: 'keeps',
  write(context, given) {
    const { builder, config } = context;
    const input = context.plain(given);
    const rank = input.dims.length;
    const asked =
      config.get('axis') === undefined && 'axis' in config.json ? [] : config.integers('axis', [-1]);
    const axes = asked.map((axis) => (axis < 0 ? axis + rank : axis)).sort((a, b) => a - b);
    const dims = axes.map((axis) => context.known(input, axis));
    const along = input.dims.map((dim, axis) => (axes.includes(axis) ? dim! : 1)).slice(1);
    const count = along.reduce((product, dim) => product * dim, 1);
    const statistic = (name: string): Float32Array => {
      if (context.has(name)) return context.weight(name, dims);
      const values = config.numbers(config.get(name), name);
      if (values.length !== 1 && values.length !== count) config.wrong(name, `${count} numbers`);
      return Float32Array.from({ length: count }, (_, i) => values[values.length === 1 ? 0 : i]!);
    };
    const mean = context.constant(along, statistic('mean'), 'mean');
    const deviation = statistic('variance').map((variance) => Math.max(Math.sqrt(variance), 1e-7));
    const divisor = context.constant(along, deviation, 'deviation');
    const tensor = config.flag('invert', false)
      ? builder.add('Add', [mean, builder.add('Mul', [input.tensor, divisor])])
      : builder.add('Div', [builder.add('Sub', [input.tensor, mean]), divisor]);
    return { ...input, tensor };
  },
};

/** Norms as they are at inference: moving averages are constants. */
export const normalizationRules: LayerRules = {
  BatchNormalization: batchNorm,
  LayerNormalization: layerNorm,
  RMSNormalization: rmsNorm,
  GroupNormalization: groupNorm,
  UnitNormalization: unitNorm,
  Normalization: normalization,
  Rescaling: elementwise(({ builder, config }, x) => {
    const scaled = builder.add('Mul', [x, builder.scalar(config.number('scale'))]);
    const offset = config.number('offset', 0);
    return offset === 0 ? scaled : builder.add('Add', [scaled, builder.scalar(offset)]);
  }),
};
