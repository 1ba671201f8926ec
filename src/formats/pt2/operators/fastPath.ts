import { float, int } from '../../../graph/attributes.ts';
import { result } from '../arithmetic.ts';
import type { Lower, Lowering, LowerRules } from '../lowering.ts';
import type { ProgramValue } from '../value.ts';
import { gelu } from './activations.ts';
import { transposed } from './reshaping.ts';

/** x·Wᵀ + b */
function linear(lowering: Lowering, x: string, weight: string, bias: string): string {
  const { builder } = lowering;
  const product = builder.add('MatMul', [x, transposed(lowering, lowering.tensor(weight), [1, 0])]);
  return builder.add('Add', [product, lowering.tensor(bias).tensor]);
}

/** softmax(Q·Kᵀ/√d)·V of [N, T, D] with itself, all heads, projected. */
function selfAttention(lowering: Lowering, x: string, heads: number): string {
  const { builder } = lowering;
  const width = lowering.int('embed_dim');
  const joint = linear(lowering, x, 'qkv_weight', 'qkv_bias');
  const apart = builder.transpose(builder.reshape(joint, [0, 0, 3, heads, width / heads]), [2, 0, 3, 1, 4]);
  const [query, key, value] = builder.split(apart, 0, [1, 1, 1]).map((part) => builder.squeeze(part, [0]));
  const scaled = builder.add('Mul', [query!, builder.scalar(1 / Math.sqrt(width / heads))]);
  const scores = builder.add('MatMul', [scaled, builder.transpose(key!, [0, 1, 3, 2])]);
  const weights = builder.add('Softmax', [scores], { axis: int(-1) });
  const mixed = builder.transpose(builder.add('MatMul', [weights, value!]), [0, 2, 1, 3]);
  return linear(lowering, builder.reshape(mixed, [0, 0, width]), 'proj_weight', 'proj_bias');
}

/** A whole layer of a TransformerEncoder, as PyTorch computes it at inference where nothing needs a gradient. */
const encoderLayer: Lower = (lowering) => {
  if (lowering.has('mask')) {
    return lowering.refuse('it has a mask', 'export with torch.backends.mha.set_fastpath_enabled(False)');
  }
  const { builder } = lowering;
  const src: ProgramValue = lowering.tensor('src');
  if (src.dims.length !== 3) return lowering.refuse('its input is no [N, T, D]');
  const norm = (x: string, at: 1 | 2) =>
    builder.add(
      'LayerNormalization',
      [x, lowering.tensor(`norm_weight_${at}`).tensor, lowering.tensor(`norm_bias_${at}`).tensor],
      { axis: int(-1), epsilon: float(lowering.number('eps')) },
    );
  const attend = (x: string) => selfAttention(lowering, x, lowering.int('num_heads'));
  const feed = (x: string) => {
    const inner = linear(lowering, x, 'ffn_weight_1', 'ffn_bias_1');
    const active = lowering.flag('use_gelu') ? gelu(lowering, inner) : builder.add('Relu', [inner]);
    return linear(lowering, active, 'ffn_weight_2', 'ffn_bias_2');
  };
  const plus = (x: string, y: string) => builder.add('Add', [x, y]);
  if (lowering.flag('norm_first')) {
    const attended = plus(src.tensor, attend(norm(src.tensor, 1)));
    return result(lowering, plus(attended, feed(norm(attended, 2))));
  }
  const attended = norm(plus(src.tensor, attend(src.tensor)), 1);
  return result(lowering, norm(plus(attended, feed(attended)), 2));
};

/** Layers that PyTorch computes in one call ("fast path") when a program is traced without gradients. */
export const fastPathRules: LowerRules = {
  _transformer_encoder_layer_fwd: encoderLayer,
};
