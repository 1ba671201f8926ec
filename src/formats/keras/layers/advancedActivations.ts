import { float, int } from '../../../graph/attributes.ts';
import { type LayerContext, permutedValues } from '../layerContext.ts';
import type { LayerRule, LayerRules } from '../layerRule.ts';
import { type LayerValue, storedAxis, toFirst } from '../value.ts';

/** A layer that changes values one by one, wherever they lie. */
export function elementwise(
  write: (context: LayerContext, x: string, value: LayerValue) => string,
): LayerRule {
  return {
    mask: 'keeps',
    elementwise: true,
    write: (context, input) => ({ ...input, tensor: write(context, input.tensor, input) }),
  };
}

/** Keras 2 has other names for some settings. */
function either({ config }: LayerContext, now: string, before: string, fallback: number): number {
  return config.number(
    config.get(now) === undefined && config.get(before) !== undefined ? before : now,
    fallback,
  );
}

/** Activations that are layers with settings or weights of their own. */
export const advancedActivations: LayerRules = {
  LeakyReLU: elementwise((context, x) =>
    context.builder.add('LeakyRelu', [x], { alpha: float(either(context, 'negative_slope', 'alpha', 0.3)) }),
  ),
  ELU: elementwise(({ builder, config }, x) =>
    builder.add('Elu', [x], { alpha: float(config.number('alpha', 1)) }),
  ),
  ThresholdedReLU: elementwise(({ builder, config }, x) =>
    builder.add('ThresholdedRelu', [x], { alpha: float(config.number('theta', 1)) }),
  ),
  ReLU: elementwise(relu),
  PReLU: elementwise(prelu),
  Softmax: {
    mask: 'keeps',
    write(context, input) {
      const { builder, config } = context;
      if (input.mask !== undefined) config.refuse('its input is masked');
      const axes = config
        .integers('axis', [-1])
        .map((axis) => storedAxis(input, axis < 0 ? axis + input.dims.length : axis));
      if (axes.length === 1)
        return { ...input, tensor: builder.add('Softmax', [input.tensor], { axis: int(axes[0]!) }) };
      const highest = builder.reduce('ReduceMax', input.tensor, axes, true);
      const exp = builder.add('Exp', [builder.add('Sub', [input.tensor, highest])]);
      return { ...input, tensor: builder.add('Div', [exp, builder.reduce('ReduceSum', exp, axes, true)]) };
    },
  },
};

/** x above the threshold, cut at the maximum; below it negative_slope·(x − threshold). */
function relu(context: LayerContext, x: string): string {
  const { builder, config } = context;
  const slope = config.number('negative_slope', 0);
  const threshold = config.number('threshold', 0);
  const maximum = config.get('max_value') === undefined ? undefined : config.number('max_value');
  if (threshold === 0 && maximum === undefined) {
    return slope === 0 ? builder.add('Relu', [x]) : builder.add('LeakyRelu', [x], { alpha: float(slope) });
  }
  let above =
    threshold === 0
      ? x
      : builder.add('Where', [builder.add('Greater', [x, builder.scalar(threshold)]), x, builder.scalar(0)]);
  if (maximum !== undefined) above = builder.add('Clip', [above, builder.scalar(0), builder.scalar(maximum)]);
  else if (threshold === 0) above = builder.add('Relu', [above]);
  if (slope === 0) return above;
  const below = builder.add('Min', [builder.add('Sub', [x, builder.scalar(threshold)]), builder.scalar(0)]);
  return builder.add('Add', [above, builder.add('Mul', [below, builder.scalar(slope)])]);
}

/** α has the shape of one instance; shared axes have length 1. */
function prelu(context: LayerContext, x: string, value: LayerValue): string {
  const dims = context.weightDims('alpha');
  const rank = value.dims.length;
  const fits =
    dims.length === rank - 1 && dims.every((dim, axis) => dim === 1 || dim === value.dims[axis + 1]);
  const alpha = context.weight('alpha', fits ? dims : value.dims.slice(1));
  const perm = value.channelsFirst
    ? toFirst(rank)
        .slice(1)
        .map((axis) => axis - 1)
    : dims.map((_, axis) => axis);
  const slope = context.constant(
    perm.map((axis) => dims[axis]!),
    permutedValues(alpha, dims, perm),
    'alpha',
  );
  return context.builder.add('PRelu', [x, slope]);
}
