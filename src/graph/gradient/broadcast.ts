import { type Lengths, NONE } from '../values/lengths.ts';
import type { Backward, Rule } from './rule.ts';
import type { Step } from './step.ts';

/** Sums a gradient of the output's shape over the axes along which input `index` was repeated. */
export function undoBroadcast(step: Step, gradient: string, index: number): string {
  const [output] = step.node.outputs;
  return summed(step, gradient, { dims: step.seen(output!), lengths: step.shapes.lengths(output!) }, index);
}

/** As undoBroadcast, for a gradient of other dims. */
export function sumTo(step: Step, gradient: string, from: readonly number[], index: number): string {
  return summed(step, gradient, { dims: from, lengths: NONE }, index);
}

interface Shape {
  readonly dims: readonly number[];
  readonly lengths: Lengths;
}

function summed(step: Step, gradient: string, { dims: from, lengths }: Shape, index: number): string {
  const tensor = step.input(index);
  const to = step.seen(tensor);
  const own = step.shapes.lengths(tensor);
  const added = from.length - to.length;
  const repeated = (axis: number) => {
    const [long, length] = [lengths.get(axis), own.get(axis - added)];
    if (length !== undefined)
      return long === length ? false : step.refuse('two lengths that follow the values meet in it');
    return to[axis - added] === 1 && (from[axis] !== 1 || long !== undefined);
  };
  const axes = from.map((_, axis) => axis).filter((axis) => axis < added || repeated(axis));
  if (axes.length === 0) return gradient;
  const sum = step.builder.reduce('ReduceSum', gradient, axes, true);
  return added > 0 ? step.builder.reshapeLike(sum, tensor) : sum;
}

/** An element-wise operator of one input: `slope` gives d input from d output. */
export function unary(slope: (step: Step) => string): Rule {
  return (step) => [() => slope(step)];
}

/** An element-wise operator whose inputs broadcast: the gradients `slopes` gives are summed down to each input's shape. */
export function broadcasting(slopes: (step: Step) => readonly (Backward | undefined)[]): Rule {
  return (step) => slopes(step).map((slope, index) => slope && (() => undoBroadcast(step, slope(), index)));
}
