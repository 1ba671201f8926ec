import type { Tf, TfTensor } from '../backend.ts';
import type { Call, Operator, Operators } from '../call.ts';
import { combine, commonDims } from '../host/broadcast.ts';
import { inFloat32 } from './binary.ts';

type OnDevice = (tf: Tf, a: TfTensor, b: TfTensor) => TfTensor;
type OnHost = (a: number, b: number) => boolean;

function comparison(device: OnDevice, host: OnHost): Operator {
  return (call) =>
    inFloat32(call)
      ? device(call.tf, call.device(0), call.device(1))
      : combine([call.host(0), call.host(1)], 'bool', (a, b) => (host(a, b) ? 1 : 0));
}

function logical(device: OnDevice, host: OnHost): Operator {
  return (call) =>
    someOnDevice(call)
      ? device(call.tf, call.device(0), call.device(1))
      : combine([call.host(0), call.host(1)], 'bool', (a, b) => (host(a, b) ? 1 : 0));
}

function someOnDevice(call: Call): boolean {
  return call.given().some((value) => value.onDevice);
}

/** Comparisons, logic, and the choice that rests on them. */
export const logicOperators: Operators = {
  Equal: comparison(
    (tf, a, b) => tf.equal(a, b),
    (a, b) => a === b,
  ),
  Greater: comparison(
    (tf, a, b) => tf.greater(a, b),
    (a, b) => a > b,
  ),
  GreaterOrEqual: comparison(
    (tf, a, b) => tf.greaterEqual(a, b),
    (a, b) => a >= b,
  ),
  Less: comparison(
    (tf, a, b) => tf.less(a, b),
    (a, b) => a < b,
  ),
  LessOrEqual: comparison(
    (tf, a, b) => tf.lessEqual(a, b),
    (a, b) => a <= b,
  ),
  And: logical(
    (tf, a, b) => tf.logicalAnd(a, b),
    (a, b) => a !== 0 && b !== 0,
  ),
  Or: logical(
    (tf, a, b) => tf.logicalOr(a, b),
    (a, b) => a !== 0 || b !== 0,
  ),
  Xor: logical(
    (tf, a, b) => tf.logicalXor(a, b),
    (a, b) => (a !== 0) !== (b !== 0),
  ),
  Not: (call) =>
    someOnDevice(call)
      ? call.tf.logicalNot(call.device())
      : combine([call.host()], 'bool', (a) => (a === 0 ? 1 : 0)),
  Where: (call) => {
    const { tf } = call;
    const [, yes, no] = [0, 1, 2].map((index) => call.value(index));
    if (yes!.dtype !== 'float32' || no!.dtype !== 'float32') {
      const inputs = [call.host(0), call.host(1), call.host(2)];
      return combine(inputs, yes!.dtype, (condition, a, b) => (condition ? a! : b!));
    }
    const dims = commonDims([0, 1, 2].map((index) => call.dims(index)));
    const spread = (x: TfTensor) => (`${x.shape}` === `${dims}` ? x : tf.broadcastTo(x, dims));
    const [condition, a, b] = [call.device(0), call.device(1), call.device(2)].map(spread);
    return tf.where(condition!, a!, b!);
  },
};
