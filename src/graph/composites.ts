import { float, floatOf, textOf } from './attributes.ts';
import type { GraphNode } from './graph.ts';
import type { Term } from './term.ts';

/** f(x), element by element, written with other operators; the node says the parameters. */
type Body = (x: Term, node: Pick<GraphNode, 'attributes'>) => Term;

/**
 * Operators that others make up, written once: their gradient, what tfjs runs and whether they keep zero follow from
 * the body. Definitions and defaults are those of ONNX.
 */
const BODIES: Readonly<Record<string, Body>> = {
  // α·(exp(x/α) − 1) below 0, x above (Barron 2017)
  Celu: (x, node) => {
    const alpha = floatOf(node, 'alpha') ?? 1;
    return x.over(alpha).of('Elu').times(alpha);
  },
  // x·Φ(x), or its approximation by tanh (Hendrycks & Gimpel 2016)
  Gelu: (x, node) => {
    const isTanh = textOf(node, 'approximate') === 'tanh';
    const share = isTanh
      ? x
          .squared()
          .times(0.044715)
          .plus(1)
          .times(x)
          .times(Math.sqrt(2 / Math.PI))
          .of('Tanh')
      : x.times(Math.SQRT1_2).of('Erf');
    return x.times(0.5).times(share.plus(1));
  },
  HardSigmoid: (x, node) => cutLine(x, floatOf(node, 'alpha') ?? 0.2, floatOf(node, 'beta') ?? 0.5),
  HardSwish: (x) => x.times(cutLine(x, 1 / 6, 0.5)),
  // Misra 2019
  Mish: (x) => x.times(x.of('Softplus').of('Tanh')),
  // Klambauer 2017
  Selu: (x, node) => {
    const alpha = floatOf(node, 'alpha') ?? 1.6732632423543772;
    return x.of('Elu', { alpha: float(alpha) }).times(floatOf(node, 'gamma') ?? 1.0507009873554805);
  },
  Shrink: (x, node) => {
    const moved = x.minus(x.of('Sign').times(floatOf(node, 'bias') ?? 0));
    return x
      .size()
      .above(floatOf(node, 'lambd') ?? 0.5)
      .choose(moved, 0);
  },
  Softsign: (x) => x.over(x.size().plus(1)),
  // Ramachandran 2017
  Swish: (x, node) => x.times(x.times(floatOf(node, 'alpha') ?? 1).of('Sigmoid')),
  ThresholdedRelu: (x, node) => x.above(floatOf(node, 'alpha') ?? 1).choose(x, 0),
};

/** slope·x + offset, cut to 0…1; at the cuts the gradient is 0, as in PyTorch. */
function cutLine(x: Term, slope: number, offset: number): Term {
  return x.times(slope).plus(offset).atLeast(0).atMost(1);
}

/** Operators of the ONNX domain that have a body, sorted. */
export function compositeNames(): string[] {
  return Object.keys(BODIES).sort();
}

/** Has a body in other operators, from which gradient and the rest follow. */
export function isComposite({ op, domain }: Pick<GraphNode, 'op' | 'domain'>): boolean {
  return domain === '' && Object.hasOwn(BODIES, op);
}

/**
 * The node's function of x (float32, any shape), appended to the graph x belongs to.
 * @param node of an operator that `isComposite`
 */
export function composite(node: Pick<GraphNode, 'op' | 'attributes'>, x: Term): Term {
  return BODIES[node.op]!(x, node);
}
