import { floatOf, intOf } from '../../../graph/attributes.ts';
import type { GraphNode } from '../../../graph/graph.ts';
import type { Tf, TfTensor } from '../backend.ts';
import type { Operator, Operators } from '../call.ts';
import { combine } from '../host/broadcast.ts';

type OnDevice = (tf: Tf, x: TfTensor, node: GraphNode) => TfTensor;
type OnHost = (x: number, node: GraphNode) => number;

/** Integers and float64 are computed in JavaScript, where that makes sense for the operator. */
function unary(device: OnDevice, host?: OnHost): Operator {
  return (call) => {
    if (call.value().dtype === 'float32') return device(call.tf, call.device(), call.node);
    if (!host) return call.refuse(`element type ${call.value().dtype} is not supported there`);
    return combine([call.host()], call.value().dtype, (x) => host(x, call.node));
  };
}

const alpha = (node: GraphNode, otherwise: number) => floatOf(node, 'alpha') ?? otherwise;

/** Functions of one value, after the ONNX operators' definitions. */
export const unaryOperators: Operators = {
  Abs: unary((tf, x) => tf.abs(x), Math.abs),
  Acos: unary((tf, x) => tf.acos(x), Math.acos),
  Acosh: unary((tf, x) => tf.acosh(x), Math.acosh),
  Asin: unary((tf, x) => tf.asin(x), Math.asin),
  Asinh: unary((tf, x) => tf.asinh(x), Math.asinh),
  Atan: unary((tf, x) => tf.atan(x), Math.atan),
  Atanh: unary((tf, x) => tf.atanh(x), Math.atanh),
  Ceil: unary((tf, x) => tf.ceil(x), Math.ceil),
  Cos: unary((tf, x) => tf.cos(x), Math.cos),
  Cosh: unary((tf, x) => tf.cosh(x), Math.cosh),
  Erf: unary((tf, x) => tf.erf(x)),
  Exp: unary((tf, x) => tf.exp(x), Math.exp),
  Floor: unary((tf, x) => tf.floor(x), Math.floor),
  Log: unary((tf, x) => tf.log(x), Math.log),
  Neg: unary(
    (tf, x) => tf.neg(x),
    (x) => -x,
  ),
  Reciprocal: unary(
    (tf, x) => tf.reciprocal(x),
    (x) => 1 / x,
  ),
  Relu: unary(
    (tf, x) => tf.relu(x),
    (x) => Math.max(0, x),
  ),
  Round: unary((tf, x) => tf.round(x), roundToEven),
  Sigmoid: unary(
    (tf, x) => tf.sigmoid(x),
    (x) => 1 / (1 + Math.exp(-x)),
  ),
  Sign: unary((tf, x) => tf.sign(x), Math.sign),
  Sin: unary((tf, x) => tf.sin(x), Math.sin),
  Sinh: unary((tf, x) => tf.sinh(x), Math.sinh),
  Softplus: unary((tf, x) => tf.softplus(x)),
  Sqrt: unary((tf, x) => tf.sqrt(x), Math.sqrt),
  Tan: unary((tf, x) => tf.tan(x), Math.tan),
  Tanh: unary((tf, x) => tf.tanh(x), Math.tanh),

  LeakyRelu: unary((tf, x, node) => tf.leakyRelu(x, alpha(node, 0.01))),
  Elu: unary((tf, x, node) => elu(tf, x, alpha(node, 1))),

  IsNaN: (call) => call.tf.isNaN(call.device()),
  IsInf: (call) => {
    const { tf, node } = call;
    const x = call.device();
    const above = intOf(node, 'detect_positive') === 0 ? [] : [tf.equal(x, Number.POSITIVE_INFINITY)];
    const below = intOf(node, 'detect_negative') === 0 ? [] : [tf.equal(x, Number.NEGATIVE_INFINITY)];
    const [one, two] = [...above, ...below];
    if (!one) return call.refuse('it is told to detect neither infinity');
    return two ? tf.logicalOr(one, two) : one;
  },
};

/** x where x > 0, else alpha·(exp(x) − 1). */
function elu(tf: Tf, x: TfTensor, alpha: number): TfTensor {
  return tf.add(tf.relu(x), tf.mul(tf.sub(tf.exp(tf.minimum(x, 0)), 1), alpha));
}

/** Halves go to the even neighbour, as in ONNX and in tfjs. */
function roundToEven(x: number): number {
  const down = Math.floor(x);
  if (x - down !== 0.5) return Math.round(x);
  return down % 2 === 0 ? down : down + 1;
}
