import { text } from '../../../../graph/attributes.ts';
import { Refusal } from '../../../../refusal.ts';
import { activation } from '../activation.ts';
import { broadcastShape } from '../broadcast.ts';
import { elementwise } from '../emitElementwise.ts';
import { inputAt, type LowerNode, type NodeLowering, type NodeRules, unsupported } from '../lower.ts';
import { flagOf, numberOf, textOf, textsOf, titleOf } from '../nodeAttributes.ts';
import { inOrder, type NodeSize, type NodeValue } from '../value.ts';

/** The last two axes exchanged, where the node asks for it. */
function matrix(lowering: NodeLowering, index: number, flags: readonly string[]): NodeValue {
  const value = inputAt(lowering, index);
  const rank = value.shape.length;
  if (rank < 2) {
    throw new Refusal('broken-model', `${titleOf(lowering.node)} multiplies a tensor of ${rank} axes.`);
  }
  const turned = flags.some((flag) => flagOf(lowering.node, flag));
  const order = inOrder(rank);
  if (turned) order.push(...order.splice(rank - 2, 1));
  const tensor = lowering.emit.arranged(value, order);
  return {
    ...value,
    shape: order.map((axis) => value.shape[axis]!),
    tensor,
    order: inOrder(rank),
    constant: undefined,
  };
}

function multiply(lowering: NodeLowering, as: 'main' | 'aside'): NodeValue {
  const a = matrix(lowering, 0, ['transpose_a', 'adj_x']);
  const b = matrix(lowering, 1, ['transpose_b', 'adj_y']);
  const outer = broadcastShape([a.shape.slice(0, -2), b.shape.slice(0, -2)]);
  const shape = [...outer, a.shape.at(-2)!, b.shape.at(-1)!];
  const tensor = lowering.emit[as]('MatMul', [a.tensor, b.tensor]);
  return { dtype: a.dtype, shape, tensor, order: inOrder(shape.length) };
}

const fusedMatMul: LowerNode = (lowering) => {
  const { node, inputs } = lowering;
  const [bias, name, ...more] = textsOf(node, 'fused_ops');
  if (bias !== 'BiasAdd' || more.length > 0) {
    throw unsupported(lowering, `is fused with ${textsOf(node, 'fused_ops').join(' and ') || 'nothing'}`);
  }
  const product = multiply(lowering, 'aside');
  const sum = elementwise(lowering, 'Add', [product, inputAt(lowering, 2)], { as: name ? 'aside' : 'main' });
  if (name === undefined) return sum;
  const leak = numberOf(node, 'leakyrelu_alpha', 0.2);
  const active = activation(lowering, name, sum, { leak, slope: inputs[3] });
  if (active === undefined) throw unsupported(lowering, `is fused with ${name}`);
  return active;
};

const einsum: LowerNode = (lowering) => {
  const { node, emit, inputs } = lowering;
  const equation = textOf(node, 'equation', '').replaceAll(' ', '');
  const [left, right] = equation.split('->');
  const terms = left?.split(',') ?? [];
  if (!/^[a-zA-Z,]+->[a-zA-Z]*$/.test(equation) || terms.length !== inputs.length) {
    throw unsupported(lowering, `has the equation ${equation.slice(0, 60)}`);
  }
  const sizes = new Map<string, NodeSize>();
  terms.forEach((term, i) => {
    const { shape } = inputs[i]!;
    if (shape.length !== term.length) {
      throw new Refusal(
        'broken-model',
        `${titleOf(node)}: ${equation} does not fit a tensor of ${shape.length} axes.`,
      );
    }
    [...term].forEach((letter, axis) => {
      sizes.set(letter, shape[axis]!);
    });
  });
  const shape = [...(right ?? '')].map((letter) => sizes.get(letter) ?? 1);
  const tensor = emit.main(
    'Einsum',
    inputs.map((input) => emit.plain(input)),
    { equation: text(equation) },
  );
  return { dtype: inputs[0]!.dtype, shape, tensor, order: inOrder(shape.length) };
};

const product: LowerNode = (lowering) => multiply(lowering, 'main');

/** Matrix products, plain, in batches, and fused with bias and activation; Einsum. */
export const matrixRules: NodeRules = {
  BatchMatMul: product,
  BatchMatMulV2: product,
  Einsum: einsum,
  MatMul: product,
  _FusedMatMul: fusedMatMul,
};
