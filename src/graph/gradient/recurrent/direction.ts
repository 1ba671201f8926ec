import { intOf, textOf } from '../../attributes.ts';
import { float32 } from '../../tensor.ts';
import type { Step } from '../step.ts';
import { minus, multiply, plus, scalar } from '../terms.ts';

/** One direction of an LSTM, GRU or RNN node on the way back. T steps, N instances, I inputs, H hidden units, G gates. */
export interface Direction {
  readonly index: number;
  readonly reverse: boolean;
  readonly steps: number;
  readonly hidden: number;
  /** [G·H, I] */
  readonly inputWeights: string;
  /** [G·H, H] */
  readonly stateWeights: string;
  /** [T, N, G·H]: x·Wᵀ with its bias. */
  readonly fromInput: string;
  /** [G·H], undefined where there is no bias. */
  readonly stateBias: string | undefined;
  /** [T, N, H]: the state after each step, and the one before it. */
  readonly states: string;
  readonly before: string;
  /** [T, N, 1], 1 on steps within each instance's length; undefined where all are. */
  readonly within: string | undefined;
  /** [N, H] before the first step. */
  readonly initial: string;
  /** d logit / d Y [T, N, H]; zeros where only the last state is read. */
  readonly outer: string;
  /** d logit / d last state [N, H], zeros where it is not read; LSTM: also of the cell. */
  readonly last: string;
  readonly lastCell: string;
}

/** Places of the directions in W, R and B of ONNX. */
export function directionsOf(step: Step): number[] {
  return textOf(step.node, 'direction') === 'bidirectional' ? [0, 1] : [0];
}

/** @throws Refusal `unsupported-operator` for what the backward step does not know, by its name. */
export function refuseOddities(step: Step): void {
  const { node } = step;
  if (intOf(node, 'layout') === 1) step.refuse('its layout 1 (instances first)');
  if (node.attributes.clip !== undefined) step.refuse('it clips its gates');
  if (intOf(node, 'input_forget') === 1) step.refuse('its input and forget gates are coupled');
  if (step.has(7)) step.refuse('it has peepholes');
  if (step.shapes.batchAxis(step.input(0)) === 0) step.refuse('it runs over the instances, not over steps');
}

/**
 * One direction with weights of its own.
 * @param gates 4 for LSTM, 3 for GRU, 1 for RNN
 */
export function direction(step: Step, index: number, gates: number): Direction {
  const { builder, node } = step;
  const mode = textOf(node, 'direction') ?? 'forward';
  const reverse = mode === 'reverse' || (mode === 'bidirectional' && index === 1);
  const steps = step.dims(0)[0]!;
  const hidden = step.dims(2)[2]!;
  const of = (tensor: string, axis: number) =>
    builder.squeeze(builder.slice(tensor, [axis], [index], [index + 1]), [axis]);
  const inputWeights = of(step.input(1), 0);
  const stateWeights = of(step.input(2), 0);
  const bias = step.has(3) ? of(step.input(3), 0) : undefined;
  const half = (from: number) => bias && builder.slice(bias, [0], [from], [from + gates * hidden]);
  const states = of(allStates(step), 1);
  const zeros = builder.squeeze(builder.zerosLike(builder.slice(states, [0], [0], [1])), [0]);
  const initial = step.has(5) ? of(step.input(5), 0) : zeros;
  const within = step.has(4) ? withinLength(step, steps) : undefined;
  // In reverse an instance shorter than T begins with its initial state, where Y says 0.
  const settled =
    reverse && within && step.has(5)
      ? plus(step, states, multiply(step, minus(step, scalar(step, 1), within), initial))
      : states;
  const product = times(step, step.input(0), inputWeights);
  const inputBias = half(0);
  const [dY, dLast, dCell] = step.gradients;
  return {
    index,
    reverse,
    steps,
    hidden,
    inputWeights,
    stateWeights,
    fromInput: inputBias ? plus(step, product, inputBias) : product,
    stateBias: half(gates * hidden),
    states,
    before: shifted(step, settled, initial, { steps, reverse }),
    within,
    initial,
    // Beyond an instance's length Y is 0 whatever the state, so nothing comes back from there.
    outer: dY ? (within ? multiply(step, of(dY, 1), within) : of(dY, 1)) : builder.zerosLike(states),
    last: dLast ? of(dLast, 0) : zeros,
    lastCell: dCell ? of(dCell, 0) : zeros,
  };
}

/** The states one step earlier, in the order of the direction. */
export function shifted(
  step: Step,
  states: string,
  initial: string,
  { steps, reverse }: Pick<Direction, 'steps' | 'reverse'>,
): string {
  const { builder } = step;
  const first = builder.unsqueeze(initial, [0]);
  if (steps === 1) return first;
  return reverse
    ? builder.concat([builder.slice(states, [0], [1], [steps]), first], 0)
    : builder.concat([first, builder.slice(states, [0], [0], [steps - 1])], 0);
}

/** x·weightsᵀ along the last axis. */
export function times(step: Step, x: string, weights: string): string {
  return step.builder.add('MatMul', [x, step.builder.transpose(weights, [1, 0])]);
}

/** Within an instance's length as `value`, beyond it (where the state stands still) as `beyond`. */
export function masked(step: Step, { within }: Direction, value: string, beyond: 0 | 1): string {
  if (within === undefined) return value;
  const inside = multiply(step, value, within);
  return beyond === 0 ? inside : plus(step, inside, minus(step, scalar(step, 1), within));
}

/** [T, N, 1]: 1 beyond each instance's length, where the state stands still; undefined where there is no such step. */
export function beyond(step: Step, { within }: Direction): string | undefined {
  return within && minus(step, scalar(step, 1), within);
}

/** Y, asked for once more where the model reads the last state only. */
function allStates(step: Step): string {
  const { node, builder } = step;
  return node.outputs[0] || builder.add(node.op, node.inputs, node.attributes);
}

function withinLength(step: Step, steps: number): string {
  const { builder } = step;
  const at = builder.constant(
    float32(
      [steps, 1],
      Array.from({ length: steps }, (_, t) => t),
    ),
  );
  const inside = builder.add('Less', [at, builder.toFloat(step.input(4))]);
  return builder.unsqueeze(builder.toFloat(inside), [2]);
}
