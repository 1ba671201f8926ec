import { intOf } from '../../../graph/attributes.ts';
import type { TfTensor } from '../backend.ts';
import type { Call, Operators } from '../call.ts';
import {
  activationsOf,
  checkRecurrent,
  type DirectionWeights,
  directionsOf,
  ending,
  sequenceMask,
} from '../recurrent.ts';

/** What one step makes of the state; `x` is the step's input after the input weights, [N, gates·H]. */
type Cell = (x: TfTensor, state: readonly TfTensor[]) => readonly TfTensor[];

/** Recurrent layers as a plain loop over the steps, after the equations of the ONNX operators. */
export const recurrentOperators: Operators = {
  LSTM: (call) => {
    checkRecurrent(call);
    if (call.has(7)) return call.refuse('peepholes are not supported');
    return loop(call, 4, 2, (direction) => {
      const { tf } = call;
      const [gate, ofInput, ofOutput] = activationsOf(call, direction.at, ['Sigmoid', 'Tanh', 'Tanh']);
      const turn = recurrentWeights(call, direction);
      const bias = direction.bias(1);
      return (x, [hidden, cell]) => {
        const sum = tf.add(x, tf.matMul(hidden!, turn));
        const [input, output, forget, candidate] = tf.split(bias ? tf.add(sum, bias) : sum, 4, 1);
        const kept = tf.mul(gate!(forget!), cell!);
        const next = tf.add(kept, tf.mul(gate!(input!), ofInput!(candidate!)));
        return [tf.mul(gate!(output!), ofOutput!(next)), next];
      };
    });
  },
  GRU: (call) => {
    checkRecurrent(call);
    const resetAfter = intOf(call.node, 'linear_before_reset') === 1;
    return loop(call, 3, 1, (direction) => {
      const { tf } = call;
      const [gate, ofState] = activationsOf(call, direction.at, ['Sigmoid', 'Tanh']);
      const turn = recurrentWeights(call, direction);
      const size = direction.hidden;
      const gates = tf.slice(turn, [0, 0], [size, 2 * size]);
      const candidate = tf.slice(turn, [0, 2 * size], [size, size]);
      const bias = direction.bias(1);
      const plus = (y: TfTensor, from: number, count: number) =>
        bias ? tf.add(y, tf.slice(bias, [from], [count])) : y;
      return (x, [hidden]) => {
        const batch = hidden!.shape[0]!;
        const part = tf.slice(x, [0, 0], [batch, 2 * size]);
        const both = gate!(tf.add(part, plus(tf.matMul(hidden!, gates), 0, 2 * size)));
        const [update, reset] = tf.split(both, 2, 1);
        const turned = resetAfter
          ? tf.mul(reset!, plus(tf.matMul(hidden!, candidate), 2 * size, size))
          : plus(tf.matMul(tf.mul(reset!, hidden!), candidate), 2 * size, size);
        const fresh = ofState!(tf.add(tf.slice(x, [0, 2 * size], [batch, size]), turned));
        return [tf.add(fresh, tf.mul(update!, tf.sub(hidden!, fresh)))];
      };
    });
  },
  RNN: (call) => {
    checkRecurrent(call);
    return loop(call, 1, 1, (direction) => {
      const { tf } = call;
      const [ofState] = activationsOf(call, direction.at, ['Tanh']);
      const turn = recurrentWeights(call, direction);
      const bias = direction.bias(1);
      return (x, [hidden]) => {
        const sum = tf.add(x, tf.matMul(hidden!, turn));
        return [ofState!(bias ? tf.add(sum, bias) : sum)];
      };
    });
  },
};

/** [H, gates·H] */
function recurrentWeights({ tf }: Call, { weights }: DirectionWeights): TfTensor {
  return tf.transpose(weights(2));
}

/** Y [T, D, N, H], and the last state of each direction, [D, N, H]. */
function loop(
  call: Call,
  gates: number,
  states: number,
  cellOf: (direction: DirectionWeights) => Cell,
): readonly TfTensor[] {
  const { tf, node } = call;
  const [steps, batch, features] = call.dims() as [number, number, number];
  const mask = sequenceMask(call, steps, batch);
  const x = tf.reshape(call.device(), [steps * batch, features]);
  const ways = directionsOf(call, gates).map((direction) => {
    const cell = cellOf(direction);
    const bias = direction.bias(0);
    const product = tf.matMul(x, tf.transpose(direction.weights(1)));
    const all = tf.split(tf.reshape(bias ? tf.add(product, bias) : product, [steps, batch, -1]), steps, 0);
    let state = Array.from({ length: states }, (_, i) => direction.initial(i, batch));
    const outputs = new Array<TfTensor>(steps);
    for (let i = 0; i < steps; i++) {
      const at = direction.backwards ? steps - 1 - i : i;
      // What a step makes on the way is not needed after it; a long series would hold thousands of tensors.
      const next = tf.tidy(() => {
        const now = cell(tf.reshape(all[at]!, [batch, gates * direction.hidden]), state);
        return now.map((value, s) => (mask ? ending(tf, mask[at]!, value, state[s]!) : value));
      });
      outputs[at] = mask ? tf.mul(next[0]!, mask[at]!) : next[0]!;
      state = next;
    }
    return { series: tf.stack(outputs), state };
  });
  const series = tf.stack(
    ways.map((way) => way.series),
    1,
  );
  const last = Array.from({ length: states }, (_, i) => tf.stack(ways.map((way) => way.state[i]!)));
  return [series, ...last].slice(0, node.outputs.length);
}
