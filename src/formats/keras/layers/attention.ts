import { int } from '../../../graph/attributes.ts';
import { flatten, isValue, settingOf } from '../given.ts';
import type { KerasGiven, LayerCall, LayerContext } from '../layerContext.ts';
import type { LayerRule, LayerRules } from '../layerRule.ts';
import { type LayerValue, value } from '../value.ts';

/** The more, the less a masked position counts; ONNX Runtime's softmax makes NaN of −∞ alone. */
const MASKED = -2e38;

/** Scores [N, …, Tq, Tv] → weights, with what the mask (bool, broadcast) leaves. */
function weightsOf({ builder }: LayerContext, scores: string, mask: string | undefined): string {
  const left = mask === undefined ? scores : builder.add('Where', [mask, scores, builder.scalar(MASKED)]);
  return builder.add('Softmax', [left], { axis: int(-1) });
}

/** bool [Tq, Tv]: whether position v is not behind position q. */
function causal({ builder }: LayerContext, scores: string): string {
  const shape = builder.add('Shape', [scores], { start: int(-2) });
  const ones = builder.add('Expand', [builder.scalar(1), shape]);
  return builder.add('Greater', [builder.add('Trilu', [ones], { upper: int(0) }), builder.scalar(0)]);
}

function both({ builder }: LayerContext, masks: readonly (string | undefined)[]): string | undefined {
  return masks
    .filter((mask) => mask !== undefined)
    .reduce<string | undefined>(
      (all, mask) => (all === undefined ? mask : builder.add('And', [all, mask])),
      undefined,
    );
}

/**
 * Attention (Luong 2015: q·k, or v·tanh(q + k)) and AdditiveAttention (Bahdanau 2015), over [query, value, key].
 * Masked values get no weight, masked queries the answer zero.
 */
function attention(additive: boolean): LayerRule {
  return {
    mask: 'drops',
    write(context, _, call) {
      const { builder, config } = context;
      const inputs = flatten(call.args[0] ?? []).map((one) => context.plain(one));
      const [query, of, key = of] = inputs;
      if (query === undefined || of === undefined)
        return config.refuse('it is not called with query and value');
      for (const one of inputs) context.rank(one, 3);
      if (settingOf(call.kwargs.get('return_attention_scores')) === true)
        config.refuse('it gives its weights too');
      context.bounded([null, query.dims[1]!, key!.dims[1]!, additive ? query.dims[2]! : 1]);
      const scores = additive ? additiveScores(context, query, key!) : dotScores(context, query, key!);
      const mask = both(context, [
        of.mask === undefined ? undefined : builder.unsqueeze(of.mask, [1]),
        settingOf(call.kwargs.get('use_causal_mask')) === true || config.flag('causal', false)
          ? causal(context, scores)
          : undefined,
      ]);
      const product = builder.add('MatMul', [weightsOf(context, scores, mask), of.tensor]);
      const tensor =
        query.mask === undefined
          ? product
          : builder.add('Where', [builder.unsqueeze(query.mask, [2]), product, builder.scalar(0)]);
      return value(tensor, [query.dims[0]!, query.dims[1]!, of.dims[2]!]);
    },
  };
}

function dotScores(context: LayerContext, query: LayerValue, key: LayerValue): string {
  const { builder, config } = context;
  if (config.text('score_mode', 'dot') === 'concat') return additiveScores(context, query, key);
  const scores = builder.add('MatMul', [query.tensor, builder.transpose(key.tensor, [0, 2, 1])]);
  return context.has('scale')
    ? builder.add('Mul', [scores, builder.scalar(context.weight('scale', [])[0]!)])
    : scores;
}

/** Σ_d s_d tanh(q_d + k_d), with s per channel (AdditiveAttention), or w Σ_d tanh(s (q_d + k_d)) (Attention). */
function additiveScores(context: LayerContext, query: LayerValue, key: LayerValue): string {
  const { builder } = context;
  const sum = builder.add('Add', [builder.unsqueeze(query.tensor, [2]), builder.unsqueeze(key.tensor, [1])]);
  if (context.layer.className === 'AdditiveAttention') {
    const bent = builder.add('Tanh', [sum]);
    if (!context.has('scale')) return builder.reduce('ReduceSum', bent, [3], false);
    const width = context.known(query, -1);
    const scale = context.constant([width], context.weight('scale', [width]), 'scale');
    return builder.reduce('ReduceSum', builder.add('Mul', [bent, scale]), [3], false);
  }
  const scaled = context.has('scale')
    ? builder.add('Mul', [sum, builder.scalar(context.weight('scale', [])[0]!)])
    : sum;
  const whole = builder.reduce('ReduceSum', builder.add('Tanh', [scaled]), [3], false);
  return builder.add('Mul', [whole, builder.scalar(context.weight('concat_score_weight', [])[0]!)]);
}

/** softmax(q kᵀ/√d) v with h heads, each with its own projection (Vaswani 2017). */
const multiHead: LayerRule = {
  mask: 'keeps',
  write(context, _, call) {
    const { builder, config } = context;
    const { query, of, key } = roles(context, call);
    const heads = config.count('num_heads', undefined, 1);
    const depth = config.count('key_dim', undefined, 1);
    const valueDepth = config.count('value_dim', depth, 1);
    const axes = config.get('attention_axes');
    if (axes !== undefined && config.integers('attention_axes').join() !== '1')
      config.refuse('it attends along several axes');
    if (config.get('sliding_window') !== undefined) config.refuse('it looks through a sliding window');
    if (config.flag('use_gate', false)) config.refuse('it has a gate');
    const q = project(context, 'query_dense', query, heads, depth);
    const k = project(context, 'key_dense', key, heads, depth);
    const v = project(context, 'value_dense', of, heads, valueDepth);
    const turned = (x: string, perm: readonly number[]) => builder.transpose(x, perm);
    context.bounded([null, heads, query.dims[1]!, key.dims[1]!]);
    const scaled = builder.add('Mul', [turned(q, [0, 2, 1, 3]), builder.scalar(1 / Math.sqrt(depth))]);
    const scores = builder.add('MatMul', [scaled, turned(k, [0, 2, 3, 1])]);
    const mask = headMask(context, call, scores, { query, of, key });
    const heard = builder.add('MatMul', [weightsOf(context, scores, mask), turned(v, [0, 2, 1, 3])]);
    const flat = builder.reshape(turned(heard, [0, 2, 1, 3]), [0, 0, heads * valueDepth]);
    return output(context, flat, query, heads, valueDepth);
  },
};

interface Roles {
  readonly query: LayerValue;
  readonly of: LayerValue;
  readonly key: LayerValue;
}

/** By position (query, value, key), or by name. */
function roles(context: LayerContext, call: LayerCall): Roles {
  const at = (index: number, name: string): LayerValue | undefined => {
    const given: KerasGiven | undefined = call.args[index] ?? call.kwargs.get(name);
    if (given === undefined || !isValue(given)) return undefined;
    // Keras 3 takes the masks off what goes in: who reads it later sees none.
    if (context.dialect === 3) context.shared.unmasked.add(given.tensor);
    return context.plain(given);
  };
  const query = at(0, 'query');
  const of = at(1, 'value');
  if (query === undefined || of === undefined)
    return context.config.refuse('it is not called with query and value');
  if (settingOf(call.kwargs.get('return_attention_scores')) === true)
    context.config.refuse('it gives its weights too');
  const key = at(2, 'key') ?? of;
  for (const one of [query, of, key]) context.rank(one, 3);
  return { query, of, key };
}

/** [N, T, C] · [C, h, d] → [N, T, h, d] */
function project(
  context: LayerContext,
  part: string,
  input: LayerValue,
  heads: number,
  depth: number,
): string {
  const { builder } = context;
  const inner = context.part(part);
  const width = context.known(input, -1);
  const kernel = inner.constant([width, heads * depth], inner.weight('kernel', [width, heads, depth]), part);
  let product = builder.add('MatMul', [input.tensor, kernel]);
  if (inner.has('bias')) {
    const bias = inner.constant([heads * depth], inner.weight('bias', [heads, depth]), `${part}_bias`);
    product = builder.add('Add', [product, bias]);
  }
  return builder.reshape(product, [0, 0, heads, depth]);
}

/** [N, T, h·d] · [h, d, C] → [N, T, C] */
function output(
  context: LayerContext,
  flat: string,
  query: LayerValue,
  heads: number,
  depth: number,
): LayerValue {
  const { builder, config } = context;
  const inner = context.part('output_dense');
  const shape = config.get('output_shape');
  const width = shape === undefined ? context.known(query, -1) : config.counts('output_shape', 1)[0]!;
  const kernel = inner.constant(
    [heads * depth, width],
    inner.weight('kernel', [heads, depth, width]),
    'output_dense',
  );
  let tensor = builder.add('MatMul', [flat, kernel]);
  if (inner.has('bias')) {
    tensor = builder.add('Add', [
      tensor,
      inner.constant([width], inner.weight('bias', [width]), 'output_bias'),
    ]);
  }
  return value(tensor, [query.dims[0]!, query.dims[1]!, width]);
}

/** bool, broadcast to [N, h, Tq, Tv]: where query and value are no padding, the asked mask, the past only. */
function headMask(
  context: LayerContext,
  call: LayerCall,
  scores: string,
  { query, of, key }: Roles,
): string | undefined {
  const { builder } = context;
  const rows = (mask: string | undefined, axes: readonly number[]) =>
    mask === undefined ? undefined : builder.unsqueeze(mask, axes);
  const asked = call.kwargs.get('attention_mask');
  const given = asked !== undefined && isValue(asked) ? asked : undefined;
  const own = (name: string) => {
    const named = call.kwargs.get(name);
    return named !== undefined && isValue(named) ? named.tensor : undefined;
  };
  return both(context, [
    rows(own('query_mask') ?? query.mask, [1, 3]),
    rows(own('value_mask') ?? of.mask, [1, 2]),
    key === of ? undefined : rows(own('key_mask') ?? key.mask, [1, 2]),
    given === undefined
      ? undefined
      : builder.unsqueeze(asBool(context, given), given.dims.length === 3 ? [1] : []),
    settingOf(call.kwargs.get('use_causal_mask')) === true ? causal(context, scores) : undefined,
  ]);
}

function asBool({ builder }: LayerContext, { tensor, dtype }: LayerValue): string {
  return dtype === 'bool' ? tensor : builder.add('Cast', [tensor], { to: int(9) });
}

/** Dot-product (Luong), additive (Bahdanau) and multi-head attention (Vaswani 2017). */
export const attentionRules: LayerRules = {
  Attention: attention(false),
  AdditiveAttention: attention(true),
  MultiHeadAttention: multiHead,
};
