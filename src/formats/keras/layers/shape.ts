import { int } from '../../../graph/attributes.ts';
import type { LayerContext } from '../layerContext.ts';
import type { LayerRule, LayerRules } from '../layerRule.ts';
import { type LayerValue, value } from '../value.ts';
import type { Dim } from './spatial.ts';

/** The product of dims; null where one is free. */
function product(dims: readonly Dim[]): Dim {
  return dims.reduce<Dim>((all, dim) => (all === null || dim === null ? null : all * dim), 1);
}

/** To the dims of one instance; of free ones at most one, which is inferred when the graph runs. */
export function reshaped(context: LayerContext, input: LayerValue, dims: readonly Dim[]): LayerValue {
  const { builder, config } = context;
  if (dims.filter((dim) => dim === null).length > 1) config.refuse('more than one axis of its shape is free');
  const target = [0, ...dims.map((dim) => dim ?? -1)];
  return value(builder.reshape(context.keras(input), target), [input.dims[0]!, ...dims], {
    dtype: input.dtype,
  });
}

const reshape: LayerRule = {
  mask: 'drops',
  write(context, input) {
    const { config } = context;
    const asked = config.get('target_shape');
    if (!Array.isArray(asked)) return config.wrong('target_shape', 'a shape');
    const target = asked.map((dim) =>
      typeof dim === 'number' && Number.isInteger(dim) && dim >= -1 && dim !== 0 && dim <= 2 ** 24
        ? dim
        : config.wrong('target_shape', 'a shape'),
    );
    const whole = product(input.dims.slice(1));
    const known = target.reduce((all, dim) => (dim === -1 ? all : all * dim), 1);
    const inferred = whole === null ? null : whole / known;
    const dims = target.map((dim) => (dim === -1 ? inferred : dim));
    if (whole !== null && product(dims) !== whole) config.wrong('target_shape', `a shape of ${whole} values`);
    if (dims.some((dim) => dim !== null && !Number.isInteger(dim))) {
      config.wrong('target_shape', `a shape of ${whole} values`);
    }
    return reshaped(context, input, dims);
  },
};

/** Channels-first data are flattened as if their channels came last. */
const flatten: LayerRule = {
  mask: 'drops',
  write(context, input) {
    const { builder, config } = context;
    const rank = input.dims.length;
    const first = config.text('data_format', 'channels_last') === 'channels_first' && rank > 2;
    const turned: LayerValue = first
      ? { ...input, tensor: context.keras(input), channelsFirst: true }
      : input;
    const [batch, ...rest] = input.dims;
    const perm = [0, ...input.dims.slice(2).map((_, i) => i + 2), 1];
    const tensor = first ? builder.transpose(turned.tensor, perm) : context.keras(input);
    if (rank === 2) return { ...input, mask: undefined };
    return value(builder.reshape(tensor, [0, -1]), [batch!, rest.length === 0 ? 1 : product(rest)], {
      dtype: input.dtype,
    });
  },
};

const permute: LayerRule = {
  mask: 'drops',
  write(context, input) {
    const axes = context.config.integers('dims');
    const rank = input.dims.length;
    const valid = axes.length === rank - 1 && new Set(axes).size === axes.length;
    if (!valid || axes.some((axis) => axis < 1 || axis >= rank)) {
      context.config.wrong('dims', `the axes 1 to ${rank - 1}`);
    }
    const perm = [0, ...axes];
    const dims = perm.map((axis) => input.dims[axis]!);
    return value(context.builder.transpose(context.keras(input), perm), dims, { dtype: input.dtype });
  },
};

const repeatVector: LayerRule = {
  mask: 'drops',
  write(context, input) {
    const { builder, config } = context;
    context.rank(input, 2);
    const n = config.count('n', undefined, 1);
    const tensor = builder.add('Expand', [builder.unsqueeze(input.tensor, [1]), builder.ints([1, n, 1])]);
    return value(tensor, [input.dims[0]!, n, input.dims[1]!]);
  },
};

/** An Embedding's rows, by the whole numbers of its input. */
const embedding: LayerRule = {
  mask: 'own',
  write(context, input) {
    const { builder, config } = context;
    const rows = config.count('input_dim', undefined, 1);
    const width = config.count('output_dim', undefined, 1);
    const table = context.constant([rows, width], context.weight('embeddings', [rows, width]), 'embeddings');
    const plain = context.keras(input);
    const indices = builder.add('Cast', [plain], { to: int(7) });
    const tensor = builder.add('Gather', [table, indices], { axis: int(0) });
    const zero = config.flag('mask_zero', false);
    const mask = zero ? builder.add('Cast', [indices], { to: int(9) }) : undefined;
    return value(tensor, [...input.dims, width], { mask });
  },
};

/** Steps at which every feature equals the value are set to 0 and masked for the layers behind. */
const masking: LayerRule = {
  mask: 'own',
  write(context, given) {
    const { builder, config } = context;
    const input = context.plain(given);
    const mask = unequalSomewhere(context, input.tensor, config.number('mask_value', 0));
    const tensor = builder.add('Where', [builder.unsqueeze(mask, [-1]), input.tensor, builder.scalar(0)]);
    return { ...input, tensor, mask };
  },
};

/** bool [N, T]: whether any value of the last axis differs. */
function unequalSomewhere({ builder }: LayerContext, x: string, from: number): string {
  const differs = builder.add('Not', [builder.equal(x, builder.scalar(from))]);
  return anyOver(builder, differs, -1, false);
}

/** Whether any of the bools along an axis is true. */
export function anyOver(builder: LayerContext['builder'], x: string, axis: number, keep: boolean): string {
  const most = builder.reduce('ReduceMax', builder.toFloat(x), [axis], keep);
  return builder.add('Greater', [most, builder.scalar(0)]);
}

/** Layers that move values and leave them as they are. */
export const shapeRules: LayerRules = {
  Reshape: reshape,
  Flatten: flatten,
  Permute: permute,
  RepeatVector: repeatVector,
  Embedding: embedding,
  Masking: masking,
};
