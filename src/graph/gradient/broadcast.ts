import type { Backward, Rule } from './rule.ts';
import type { Step } from './step.ts';

/** Sums a gradient of the output's shape over the axes along which input `index` was repeated. */
export function undoBroadcast(step: Step, gradient: string, index: number): string {
  return sumTo(step, gradient, step.outputDims(), index);
}

/** As undoBroadcast, for a gradient of other dims. */
export function sumTo(step: Step, gradient: string, from: readonly number[], index: number): string {
  const to = step.dims(index);
  const added = from.length - to.length;
  const axes = from
    .map((_, axis) => axis)
    .filter((axis) => axis < added || (to[axis - added] === 1 && from[axis] !== 1));
  if (axes.length === 0) return gradient;
  const summed = step.builder.reduce('ReduceSum', gradient, axes, true);
  return added > 0 ? step.builder.reshapeLike(summed, step.input(index)) : summed;
}

/** An element-wise operator of one input: `slope` gives d input from d output. */
export function unary(slope: (step: Step) => string): Rule {
  return (step) => [() => slope(step)];
}

/** An element-wise operator whose inputs broadcast: the gradients `slopes` gives are summed down to each input's shape. */
export function broadcasting(slopes: (step: Step) => readonly (Backward | undefined)[]): Rule {
  return (step) => slopes(step).map((slope, index) => slope && (() => undoBroadcast(step, slope(), index)));
}
