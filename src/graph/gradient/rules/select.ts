import { intOf } from '../../attributes.ts';
import { unary, undoBroadcast } from '../broadcast.ts';
import { contractAxis } from '../contractAxis.ts';
import { oneHot } from '../oneHot.ts';
import { type AxesPlace, replaceAxes } from '../replaceAxes.ts';
import type { Rules } from '../rule.ts';
import type { Step } from '../step.ts';
import { choose, multiply, scalar } from '../terms.ts';
import { sliceBackward } from './slice.ts';

/** Operators that choose, cut and join. */
export const selectRules: Rules = {
  Where: (step) => [
    undefined,
    () => undoBroadcast(step, choose(step, step.input(0), step.gradient, scalar(step, 0)), 1),
    () => undoBroadcast(step, choose(step, step.input(0), scalar(step, 0), step.gradient), 2),
  ],
  Concat: (step) => step.node.inputs.map((_, index) => () => concatBackward(step, index)),
  Split: unary(splitBackward),
  Slice: unary(sliceBackward),
  Gather: unary(gatherBackward),
  /** Turned round twice within the same lengths is as before. */
  ReverseSequence: unary((step) =>
    step.builder.add('ReverseSequence', [step.gradient, step.input(1)], step.node.attributes),
  ),
  Trilu: unary((step) => {
    const diagonal = step.has(1) ? [step.input(1)] : [];
    return step.builder.add('Trilu', [step.gradient, ...diagonal], step.node.attributes);
  }),
  CumSum: unary((step) => {
    const reverse = intOf(step.node, 'reverse') === 1 ? 0 : 1;
    return step.builder.add('CumSum', [step.gradient, step.input(1)], {
      ...step.node.attributes,
      reverse: { kind: 'int', value: reverse },
    });
  }),
};

function concatBackward(step: Step, index: number): string {
  const axis = step.axis(intOf(step.node, 'axis') ?? 1, step.rank(0));
  const inputs = [...step.node.inputs.keys()].slice(0, index + 1);
  if (inputs.some((input) => step.isOpen(input, axis))) return concatAtLengths(step, inputs, axis);
  const sizes = inputs.map((input) => step.seen(step.input(input))[axis]!);
  const to = sizes.reduce((sum, size) => sum + size, 0);
  return step.builder.slice(step.gradient, [axis], [to - sizes.at(-1)!], [to]);
}

/** The same where it is known only when the graph runs how long the parts are. */
function concatAtLengths(step: Step, inputs: readonly number[], axis: number): string {
  const { builder } = step;
  if (builder.opset < 10) step.refuse('lengths that follow the values meet in it, before opset 10');
  const [last, ...before] = inputs.map((input) => step.lengthOf(input, axis)).reverse() as [
    string,
    ...string[],
  ];
  const from = before.reduce((sum, length) => builder.add('Add', [sum, length]), builder.ints([0]));
  const to = builder.add('Add', [from, last]);
  return builder.add('Slice', [step.gradient, from, to, builder.ints([axis])]);
}

/** Parts the logits do not rest on have gradient 0. */
function splitBackward(step: Step): string {
  const parts = step.node.outputs.map(
    (output, index) => step.gradients[index] ?? multiply(step, output, scalar(step, 0)),
  );
  return step.builder.add('Concat', parts, { axis: { kind: 'int', value: intOf(step.node, 'axis') ?? 0 } });
}

/** Gather is a product with a one-hot matrix [K, L]; backwards with the same matrix, so that repeated indices add up. */
function gatherBackward(step: Step): string {
  const { builder } = step;
  const rank = step.rank(0);
  const axis = step.axis(intOf(step.node, 'axis') ?? 0, rank);
  const place = { tensor: step.input(0), rank, from: axis, to: axis + 1 };
  if (step.follows(step.input(0), [axis]) || !step.knows(1)) return gatherAtValues(step, place);
  const size = step.seen(step.input(0))[axis]!;
  const indices = step.integers(1);
  const ones = new Float32Array(indices.length * size);
  for (const [row, index] of indices.entries()) ones[row * size + (index < 0 ? index + size : index)] = 1;
  const oneAxis = () => replaceAxes(builder, step.gradient, place, [indices.length]);
  const picked = step.rank(1) === 1 ? step.gradient : oneAxis();
  const matrix = { rows: indices.length, columns: size, values: ones };
  return contractAxis(builder, picked, { axis, rank }, matrix);
}

/** The same where the indices are computed from values: the matrix is made when the graph runs. */
function gatherAtValues(step: Step, place: AxesPlace): string {
  const { builder } = step;
  const { rank, from: axis } = place;
  const flat = step.rank(1) === 1 ? step.input(1) : builder.reshape(step.input(1), [-1]);
  const picked = step.rank(1) === 1 ? step.gradient : replaceAxes(builder, step.gradient, place, [-1]);
  return contractAxis(builder, picked, { axis, rank }, oneHot(step, flat, 0, axis));
}
