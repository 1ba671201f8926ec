import { floatOf, intOf, textOf } from '../../../graph/attributes.ts';
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
  Softsign: unary((tf, x) => tf.div(x, tf.add(tf.abs(x), 1))),
  Sqrt: unary((tf, x) => tf.sqrt(x), Math.sqrt),
  Tan: unary((tf, x) => tf.tan(x), Math.tan),
  Tanh: unary((tf, x) => tf.tanh(x), Math.tanh),

  LeakyRelu: unary((tf, x, node) => tf.leakyRelu(x, alpha(node, 0.01))),
  Elu: unary((tf, x, node) => elu(tf, x, alpha(node, 1))),
  Celu: unary((tf, x, node) => {
    const a = alpha(node, 1);
    return elu(tf, x, a, a);
  }),
  Selu: unary((tf, x, node) => {
    const gamma = floatOf(node, 'gamma') ?? 1.0507009873554805;
    return tf.mul(elu(tf, x, alpha(node, 1.6732632423543772)), gamma);
  }),
  ThresholdedRelu: unary((tf, x, node) => {
    return tf.where(tf.greater(x, alpha(node, 1)), x, tf.zerosLike(x));
  }),
  HardSigmoid: unary((tf, x, node) => {
    const line = tf.add(tf.mul(x, alpha(node, 0.2)), floatOf(node, 'beta') ?? 0.5);
    return tf.clipByValue(line, 0, 1);
  }),
  HardSwish: unary((tf, x) => tf.mul(x, tf.clipByValue(tf.add(tf.mul(x, 1 / 6), 0.5), 0, 1))),
  Mish: unary((tf, x) => tf.mul(x, tf.tanh(tf.softplus(x)))),
  Swish: unary((tf, x, node) => tf.mul(x, tf.sigmoid(tf.mul(x, alpha(node, 1))))),
  Gelu: unary((tf, x, node) => {
    const share = textOf(node, 'approximate') === 'tanh' ? geluTanh(tf, x) : tf.erf(tf.mul(x, Math.SQRT1_2));
    return tf.mul(tf.mul(x, 0.5), tf.add(share, 1));
  }),
  Shrink: unary((tf, x, node) => {
    const edge = floatOf(node, 'lambd') ?? 0.5;
    const bias = floatOf(node, 'bias') ?? 0;
    const above = tf.where(tf.greater(x, edge), tf.sub(x, bias), tf.zerosLike(x));
    return tf.where(tf.less(x, -edge), tf.add(x, bias), above);
  }),

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

/** x where x > 0, else alpha·(exp(x / scale) − 1). */
function elu(tf: Tf, x: TfTensor, alpha: number, scale = 1): TfTensor {
  const below = tf.minimum(x, 0);
  return tf.add(tf.relu(x), tf.mul(tf.sub(tf.exp(scale === 1 ? below : tf.div(below, scale)), 1), alpha));
}

/** tanh(√(2/π)·(x + 0.044715·x³)), Hendrycks and Gimpel 2016. */
function geluTanh(tf: Tf, x: TfTensor): TfTensor {
  const cube = tf.mul(tf.mul(tf.square(x), x), 0.044715);
  return tf.tanh(tf.mul(tf.add(x, cube), Math.sqrt(2 / Math.PI)));
}

/** Halves go to the even neighbour, as in ONNX and in tfjs. */
function roundToEven(x: number): number {
  const down = Math.floor(x);
  if (x - down !== 0.5) return Math.round(x);
  return down % 2 === 0 ? down : down + 1;
}
