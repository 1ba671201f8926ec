import type { Term } from '../term.ts';
import { type Lengths, NONE } from '../values/lengths.ts';
import type { Rule } from './rule.ts';
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
    // Whether it was repeated is seen when the graph runs.
    if (length !== undefined) return false;
    return to[axis - added] === 1 && (from[axis] !== 1 || long !== undefined);
  };
  const all = from.map((_, axis) => axis);
  const open = all.filter((axis) => {
    const length = own.get(axis - added);
    return length !== undefined && lengths.get(axis) !== length;
  });
  const kept = open.reduce((x, axis) => asLongAs(step, x, { axis, index, at: axis - added }), gradient);
  const axes = all.filter((axis) => axis < added || repeated(axis));
  if (axes.length === 0) return kept;
  const sum = step.builder.reduce('ReduceSum', kept, axes, true);
  return added > 0 ? step.builder.reshapeLike(sum, tensor) : sum;
}

/** Along one axis the sum where the input has one value there, else what there is. */
function asLongAs(
  step: Step,
  x: string,
  { axis, index, at }: { readonly axis: number; readonly index: number; readonly at: number },
): string {
  const { builder } = step;
  if (builder.opset < 11) step.refuse('lengths that follow the values meet in it, before opset 11');
  const length = step.lengthOf(index, at);
  const own = builder.slice(builder.shapeOf(x), [0], [axis], [axis + 1]);
  const sum = builder.reduce('ReduceSum', x, [axis], true);
  const either = builder.add('Where', [builder.add('Equal', [length, own]), x, sum]);
  return builder.add('Slice', [either, builder.ints([0]), length, builder.ints([axis])]);
}

/** An operator of one input: `back` gives d input from d output. */
export function unary(back: (step: Step) => Term | string): Rule {
  return (step) => [() => nameOf(back(step))];
}

/** An element-wise operator of one input: `of` gives d output / d input. */
export function slope(of: (step: Step) => Term): Rule {
  return unary((step) => step.dy.times(of(step)));
}

/** An element-wise operator whose inputs broadcast: the gradients `slopes` gives are summed down to each input's shape. */
export function broadcasting(slopes: (step: Step) => readonly (() => Term | string)[]): Rule {
  return (step) => slopes(step).map((of, index) => () => undoBroadcast(step, nameOf(of()), index));
}

function nameOf(written: Term | string): string {
  return typeof written === 'string' ? written : written.name;
}
