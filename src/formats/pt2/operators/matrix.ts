import { int, text } from '../../../graph/attributes.ts';
import { float32, int64 } from '../../../graph/tensor.ts';
import { result, scalar } from '../arithmetic.ts';
import type { Lower, Lowering, LowerRules } from '../lowering.ts';
import type { ProgramValue } from '../value.ts';
import { safeSoftmax } from './activations.ts';
import { transposed } from './reshaping.ts';

const linear: Lower = (lowering) => {
  const { builder } = lowering;
  const [input, weight] = [lowering.tensor('input'), lowering.tensor('weight')];
  const bias = lowering.optional('bias');
  if (input.dims.length === 2) {
    const inputs = [input.tensor, weight.tensor, ...(bias ? [bias.tensor] : [])];
    return result(lowering, builder.add('Gemm', inputs, { transB: int(1) }));
  }
  const product = builder.add('MatMul', [input.tensor, transposed(lowering, weight, [1, 0])]);
  return result(lowering, bias ? builder.add('Add', [product, bias.tensor]) : product);
};

/** β·self + α·(mat1 @ mat2) */
const addmm: Lower = (lowering) => {
  const [self, left, right] = [lowering.tensor('self'), lowering.tensor('mat1'), lowering.tensor('mat2')];
  const made = lowering.builder.add('Gemm', [left.tensor, right.tensor, self.tensor], {
    alpha: { kind: 'float', value: lowering.number('alpha', 1) },
    beta: { kind: 'float', value: lowering.number('beta', 1) },
  });
  return result(lowering, made);
};

const product =
  (left: string, right: string): Lower =>
  (lowering) => {
    const sides = [lowering.tensor(left).tensor, lowering.tensor(right).tensor];
    return result(lowering, lowering.builder.add('MatMul', sides));
  };

const baddbmm: Lower = (lowering) => {
  const { builder } = lowering;
  const made = builder.add('MatMul', [lowering.tensor('batch1').tensor, lowering.tensor('batch2').tensor]);
  const [alpha, beta] = [lowering.number('alpha', 1), lowering.number('beta', 1)];
  const times = (x: string, by: number) =>
    by === 1 ? x : builder.add('Mul', [x, scalar(lowering, by, 'float32')]);
  const self = times(lowering.tensor('self').tensor, beta);
  return result(lowering, builder.add('Add', [self, times(made, alpha)]));
};

const einsum: Lower = (lowering) => {
  const equation = lowering.text('equation', '').replaceAll(' ', '');
  const tensors = lowering.tensors('tensors');
  const [terms = '', output] = equation.split('->');
  const whole = `${terms}->${output ?? impliedOutput(terms)}`;
  return result(
    lowering,
    lowering.builder.add(
      'Einsum',
      tensors.map(({ tensor }) => tensor),
      { equation: text(withoutEllipsis(lowering, whole, tensors)) },
    ),
  );
};

/** The axes that an ellipsis stands for, as letters of their own: the last ones of those of the longest. */
function withoutEllipsis(lowering: Lowering, equation: string, tensors: readonly ProgramValue[]): string {
  if (!equation.includes('...')) return equation;
  const [terms = '', output = ''] = equation.split('->');
  const rest = terms.split(',').map((term, at) => {
    const [before = '', after] = term.split('...');
    const dims = tensors[at]?.dims ?? [];
    return after === undefined ? [] : dims.slice(before.length, dims.length - after.length);
  });
  const most = rest.reduce((longest, dims) => (dims.length > longest.length ? dims : longest));
  const isStretched = rest.some((dims) =>
    dims.some((dim, at) => dim !== most[most.length - dims.length + at]),
  );
  if (isStretched) lowering.refuse(`its equation "${equation}" has an ellipsis for axes of unequal lengths`);
  const free = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'].filter(
    (letter) => !equation.includes(letter),
  );
  const letters = (count: number) => free.slice(most.length - count, most.length).join('');
  const named = terms.split(',').map((term, at) => term.replace('...', letters(rest[at]!.length)));
  return `${named.join(',')}->${output.replace('...', letters(most.length))}`;
}

/** What an ellipsis stands for, then the letters that stand once, in the order of the alphabet. */
function impliedOutput(terms: string): string {
  const letters = [...terms.replaceAll(/[,.]/g, '')];
  const once = letters.filter((letter) => letters.indexOf(letter) === letters.lastIndexOf(letter)).sort();
  return `${terms.includes('...') ? '...' : ''}${once.join('')}`;
}

/** A mask with more cells is made when the model runs. */
const MOST_WRITTEN = 2 ** 22;

/** −∞ where a key lies behind its query, else 0: [queries, keys] */
function later(lowering: Lowering, query: ProgramValue, key: ProgramValue): string {
  const { builder } = lowering;
  const at = key.dims.length - 2;
  const [from, to] = [query.dims[at], key.dims[at]];
  if (typeof from === 'number' && typeof to === 'number' && from * to <= MOST_WRITTEN) {
    const cells = lowering.listed(from * to, (i) =>
      i % to > Math.floor(i / to) ? Number.NEGATIVE_INFINITY : 0,
    );
    return builder.constant(float32([from, to], cells));
  }
  const length = ({ tensor }: ProgramValue) => builder.slice(builder.shapeOf(tensor), [0], [at], [at + 1]);
  const shape = builder.concat([length(query), length(key)], 0);
  const all = builder.add('Expand', [builder.scalar(Number.NEGATIVE_INFINITY), shape]);
  return builder.add('Trilu', [all, builder.constant(int64([], [1]))], { upper: int(1) });
}

/** Keys or values whose heads several queries share (Ainslie 2023), each once for every query. */
function sharedHeads(lowering: Lowering, value: ProgramValue, query: ProgramValue): string {
  if (!lowering.flag('enable_gqa')) return value.tensor;
  const { builder } = lowering;
  const rank = value.dims.length;
  const [own, all, width] = [
    lowering.known(value, rank - 3),
    lowering.known(query, rank - 3),
    lowering.known(value, rank - 1),
  ];
  if (own === all || rank !== 4) return own === all ? value.tensor : lowering.refuse('its heads share keys');
  const wide = builder.unsqueeze(value.tensor, [2]);
  const copies = lowering.listed(all / own, (i) => i).map(() => wide);
  const steps = value.dims[2]!;
  const length = typeof steps === 'number' ? steps : -1;
  return builder.reshape(builder.concat(copies, 2), [0, all, length, width]);
}

/** softmax(Q·Kᵀ·scale + mask)·V (Vaswani 2017); a mask of truth values keeps where it is true. */
const attention: Lower = (lowering) => {
  const { builder } = lowering;
  const [query, key, value] = ['query', 'key', 'value'].map((name) => lowering.tensor(name)) as [
    ProgramValue,
    ProgramValue,
    ProgramValue,
  ];
  if (lowering.number('dropout_p', 0) > 0) lowering.refuse('it drops out', 'call model.eval() first');
  const rank = key.dims.length;
  const width = lowering.known(query, rank - 1);
  const scale = lowering.number('scale', 1 / Math.sqrt(width));
  const perm = Array.from({ length: rank }, (_, axis) => axis);
  perm.push(...perm.splice(rank - 2).reverse());
  const scaled = builder.add('Mul', [query.tensor, builder.scalar(scale)]);
  let scores = builder.add('MatMul', [scaled, builder.transpose(sharedHeads(lowering, key, query), perm)]);
  const mask = lowering.optional('attn_mask');
  if (mask?.dtype === 'bool') {
    scores = builder.add('Where', [mask.tensor, scores, builder.scalar(Number.NEGATIVE_INFINITY)]);
  } else if (mask) scores = builder.add('Add', [scores, mask.tensor]);
  if (lowering.flag('is_causal')) {
    scores = builder.add('Add', [scores, later(lowering, query, key)]);
  }
  const weights = mask
    ? safeSoftmax(lowering, scores, rank - 1)
    : builder.add('Softmax', [scores], { axis: int(-1) });
  return result(lowering, builder.add('MatMul', [weights, sharedHeads(lowering, value, query)]));
};

/** Linear layers, matrix products, einsum and attention. */
export const matrixRules: LowerRules = {
  linear,
  addmm,
  mm: product('self', 'mat2'),
  bmm: product('self', 'mat2'),
  matmul: product('self', 'other'),
  mv: product('self', 'vec'),
  dot: product('self', 'tensor'),
  vdot: product('self', 'other'),
  baddbmm,
  einsum,
  scaled_dot_product_attention: attention,
  _scaled_dot_product_flash_attention_for_cpu: attention,
  _scaled_dot_product_attention_math: attention,
};
