import { attribute, type NodeText, type OpCase, opCase, weights } from '../opCase.ts';

const { float, int, ints } = attribute;

/** Queries, keys and values made of x [N, L, 8] by three products. */
const projected: NodeText[] = [
  ['MatMul', 'x wq', 'q'],
  ['MatMul', 'x wk', 'k'],
  ['MatMul', 'x wv', 'v'],
];
const products = { wq: weights([8, 8], 1), wk: weights([8, 8], 2), wv: weights([8, 8], 3) };
const heads = { q_num_heads: int(2), kv_num_heads: int(2) };
const lets = Uint8Array.from({ length: 25 }, (_, i) => (i % 3 === 1 ? 0 : 1));

function fused(
  title: string,
  inputs: string,
  attributes: NodeText[3] = {},
  constants: Parameters<typeof opCase>[3] = {},
): OpCase {
  return opCase(
    `Attention ${title}`,
    [2, 5, 8],
    [...projected, ['Attention', inputs, 'y', { ...heads, ...attributes }]],
    { opset: 23, constants: { ...products, ...constants.constants } },
  );
}

function rotary(title: string, attributes: NodeText[3] = {}, half = 2, ids = false): OpCase {
  const angles = ids ? [7, half] : [2, 5, half];
  return opCase(
    `RotaryEmbedding ${title}`,
    [2, 5, 8],
    [['RotaryEmbedding', `x cos sin${ids ? ' ids' : ''}`, 'y', { num_heads: int(2), ...attributes }]],
    {
      ...{ opset: 23, fixedBatch: true },
      constants: {
        ...{ cos: weights(angles, 5), sin: weights(angles, 6) },
        ...(ids && { ids: { dtype: 'int64', dims: [2, 5], data: BigInt64Array.from(places, BigInt) } }),
      },
    },
  );
}
const places = [0, 1, 2, 3, 4, 6, 5, 3, 3, 0];

export const attentionCases: OpCase[] = [
  rotary('in halves'),
  rotary('of pairs side by side', { interleaved: int(1) }),
  rotary('of half the width', { rotary_embedding_dim: int(2) }, 1),
  rotary('by places', {}, 2, true),
  opCase(
    'RotaryEmbedding over four axes',
    [2, 2, 5, 4],
    [['RotaryEmbedding', 'x cos sin', 'y', { interleaved: int(1) }]],
    {
      ...{ opset: 23, fixedBatch: true },
      constants: { cos: weights([2, 5, 2], 5), sin: weights([2, 5, 2], 6) },
    },
  ),
  fused('over three axes', 'q k v'),
  fused('with a scale of its own', 'q k v', { scale: float(0.3) }),
  fused('that looks back only', 'q k v', { is_causal: int(1) }),
  fused('with a bias', 'q k v bias', {}, { constants: { bias: weights([5, 5], 4) } }),
  fused(
    'with a mask of bools',
    'q k v lets',
    {},
    {
      constants: { lets: { dtype: 'bool', dims: [5, 5], data: lets } },
    },
  ),
  opCase(
    'Attention over four axes',
    [2, 5, 8],
    [
      ...['q', 'k', 'v'].flatMap((name): NodeText[] => [
        ['MatMul', `x w${name}`, name],
        ['Reshape', `${name} split`, `${name}s`],
        ['Transpose', `${name}s`, `${name}t`, { perm: ints([0, 2, 1, 3]) }],
      ]),
      ['Attention', 'qt kt vt', 'y', {}],
    ],
    {
      opset: 23,
      constants: {
        ...products,
        split: { dtype: 'int64', dims: [4], data: BigInt64Array.of(0n, 0n, 2n, 4n) },
      },
    },
  ),
];
