import { floatsOf, intOf, stringsOf, textOf } from '../../graph/attributes.ts';
import type { Tf, TfTensor } from './backend.ts';
import type { Call } from './call.ts';

/** One way through the series, with what belongs to it of the operator's inputs. */
export interface DirectionWeights {
  /** 0, or 1 for the second way of a bidirectional operator. */
  readonly at: number;
  readonly backwards: boolean;
  /** H */
  readonly hidden: number;
  /** Input weights (1) [gates·H, I] or recurrent weights (2) [gates·H, H]. */
  weights(input: 1 | 2): TfTensor;
  /** Bias of the input (0) or of the recurrence (1), [gates·H]; undefined where there is none. */
  bias(half: 0 | 1): TfTensor | undefined;
  /** Hidden state (0) or cell state (1) before the first step, [N, H]. */
  initial(state: number, batch: number): TfTensor;
}

/** @throws Refusal `model-refused` for what the loop does not do: clipping, coupled gates, batch first. */
export function checkRecurrent(call: Call): void {
  const { node } = call;
  if (node.attributes.clip !== undefined) call.refuse('clipping is not supported');
  if (intOf(node, 'input_forget') === 1) call.refuse('coupled gates are not supported');
  if (intOf(node, 'layout') === 1) call.refuse('layout 1 is not supported');
}

type Activation = (x: TfTensor) => TfTensor;

/**
 * The activations of one direction, in the operator's order; those that take alpha and beta take them in turn.
 * @throws Refusal `model-refused` for one that is not known
 */
export function activationsOf(call: Call, at: number, defaults: readonly string[]): Activation[] {
  const { tf, node } = call;
  const said = stringsOf(node, 'activations') ?? [];
  const alphas = [...(floatsOf(node, 'activation_alpha') ?? [])];
  const betas = [...(floatsOf(node, 'activation_beta') ?? [])];
  const all = (said.length > 0 ? said : [...defaults, ...defaults]).map((name): Activation => {
    switch (name.toLowerCase()) {
      case 'sigmoid':
        return tf.sigmoid;
      case 'tanh':
        return tf.tanh;
      case 'relu':
        return tf.relu;
      case 'hardsigmoid': {
        const [alpha, beta] = [alphas.shift() ?? 0.2, betas.shift() ?? 0.5];
        return (x) => tf.clipByValue(tf.add(tf.mul(x, alpha), beta), 0, 1);
      }
      default:
        return call.refuse(`its activation ${name} is not supported`);
    }
  });
  return all.slice(at * defaults.length, (at + 1) * defaults.length);
}

/**
 * Each direction with its weights.
 * @param gates 4 for LSTM, 3 for GRU, 1 for RNN
 */
export function directionsOf(call: Call, gates: number): DirectionWeights[] {
  const { tf, node } = call;
  const text = textOf(node, 'direction') ?? 'forward';
  const ways = text === 'bidirectional' ? [false, true] : [text === 'reverse'];
  const hidden = call.dims(2)[2]!;
  const part = (input: number, at: number) => {
    const [, ...rest] = call.dims(input);
    return tf.reshape(tf.slice(call.device(input), [at, ...rest.map(() => 0)], [1, ...rest]), rest);
  };
  return ways.map((backwards, at) => ({
    at,
    backwards,
    hidden,
    weights: (input) => part(input, at),
    bias: (half) =>
      call.has(3) ? tf.slice(part(3, at), [half * gates * hidden], [gates * hidden]) : undefined,
    initial: (state, batch) => (call.has(5 + state) ? part(5 + state, at) : tf.zeros([batch, hidden])),
  }));
}

/** Per step a column [N, 1] of ones where the series still runs; undefined where all run to the end. */
export function sequenceMask(call: Call, steps: number, batch: number): TfTensor[] | undefined {
  if (!call.has(4)) return undefined;
  const lengths = call.numbers(4);
  if (lengths.every((length) => length === steps)) return undefined;
  return Array.from({ length: steps }, (_, step) =>
    call.tf.tensor2d(
      Float32Array.from(lengths, (length) => (step < length ? 1 : 0)),
      [batch, 1],
    ),
  );
}

/** A series that has ended keeps the state it had. */
export function ending(tf: Tf, runs: TfTensor, now: TfTensor, before: TfTensor): TfTensor {
  return tf.add(before, tf.mul(runs, tf.sub(now, before)));
}
