import { floatOf, intOf } from '../../../graph/attributes.ts';
import type { Tf, TfTensor } from '../backend.ts';
import type { Call, Operator, Operators } from '../call.ts';
import { isInteger } from '../host/array.ts';
import { combine } from '../host/broadcast.ts';

type OnDevice = (tf: Tf, a: TfTensor, b: TfTensor) => TfTensor;
type OnHost = (a: number, b: number, integers: boolean) => number;

/** Whether the backend computes: every input is float32 there. Else all of them are taken to JavaScript. */
export function inFloat32(call: Call): boolean {
  return call.given().every(({ dtype }) => dtype === 'float32');
}

/** Any number of inputs, combined from left to right. */
function folded(device: OnDevice, host: OnHost): Operator {
  return (call) => {
    const indices = call.values.map((_, index) => index);
    if (indices.length === 1) return call.value().retain();
    if (inFloat32(call)) {
      return indices.map((index) => call.device(index)).reduce((a, b) => device(call.tf, a, b));
    }
    const { dtype } = call.value();
    const integers = isInteger(dtype);
    return combine(
      indices.map((index) => call.host(index)),
      dtype,
      (...values) => values.reduce((a, b) => host(a, b, integers)),
    );
  };
}

/** Arithmetic of two (or more) inputs that are broadcast to each other. */
export const binaryOperators: Operators = {
  Add: folded(
    (tf, a, b) => tf.add(a, b),
    (a, b) => a + b,
  ),
  Sub: folded(
    (tf, a, b) => tf.sub(a, b),
    (a, b) => a - b,
  ),
  Mul: folded(
    (tf, a, b) => tf.mul(a, b),
    (a, b) => a * b,
  ),
  Div: folded(
    (tf, a, b) => tf.div(a, b),
    (a, b, integers) => (integers ? Math.trunc(a / b) : a / b),
  ),
  Pow: (call) => {
    const { tf } = call;
    if (call.value().dtype !== 'float32') {
      return combine([call.host(0), call.host(1)], call.value().dtype, (a, b) => a ** b);
    }
    // Squares and cubes stay exact for negative bases; exponents may be integers or float64.
    const exponent = call.host(1);
    const only = exponent.data.length === 1 ? Number(exponent.data[0]) : Number.NaN;
    if (only === 2) return tf.square(call.device());
    if (only === 3) return tf.mul(tf.square(call.device()), call.device());
    if (exponent.dtype === 'float32') return tf.pow(call.device(0), call.device(1));
    const floats = Float32Array.from(exponent.data as ArrayLike<number | bigint>, Number);
    return tf.pow(call.device(), tf.tensor(floats, [...exponent.dims]));
  },
  Mod: (call) => {
    const likeC = intOf(call.node, 'fmod') === 1;
    const [a, b] = [call.host(0), call.host(1)];
    // Rare and small (indices): no backend has both kinds of remainder.
    return combine([a, b], a.dtype, (x, y) => (likeC ? x % y : x - Math.floor(x / y) * y));
  },
  Sum: folded(
    (tf, a, b) => tf.add(a, b),
    (a, b) => a + b,
  ),
  Max: folded(
    (tf, a, b) => tf.maximum(a, b),
    (a, b) => Math.max(a, b),
  ),
  Min: folded(
    (tf, a, b) => tf.minimum(a, b),
    (a, b) => Math.min(a, b),
  ),
  Mean: (call) => {
    const { tf } = call;
    const terms = call.values.map((_, index) => call.device(index));
    return tf.div(
      terms.reduce((a, b) => tf.add(a, b)),
      terms.length,
    );
  },
  PRelu: (call) => {
    const { tf } = call;
    const x = call.device(0);
    return tf.add(tf.relu(x), tf.mul(tf.minimum(x, 0), call.device(1)));
  },
  Clip: (call) => {
    const { tf, node } = call;
    const low = call.has(1) ? call.number(1) : (floatOf(node, 'min') ?? Number.NEGATIVE_INFINITY);
    const high = call.has(2) ? call.number(2) : (floatOf(node, 'max') ?? Number.POSITIVE_INFINITY);
    if (call.value().dtype !== 'float32') {
      return combine([call.host()], call.value().dtype, (x) => Math.min(high, Math.max(low, x)));
    }
    const x = call.device();
    const raised = low === Number.NEGATIVE_INFINITY ? x : tf.maximum(x, low);
    return high === Number.POSITIVE_INFINITY ? tf.clone(raised) : tf.minimum(raised, high);
  },
};
