import { intsOf } from '../../attributes.ts';
import { contractAxis } from '../contractAxis.ts';
import { oneHot } from '../oneHot.ts';
import { spread } from '../spread.ts';
import type { Step } from '../step.ts';

/** A slice is put back at its place and padded with zeros; steps over 1 leave gaps, negative ones turn it round. */
export function sliceBackward(step: Step): string {
  const { builder } = step;
  const [input, output] = [step.input(0), step.output];
  const [dims, counts] = [step.seen(input), step.seen(output)];
  const rank = dims.length;
  const all = Array.from({ length: rank }, (_, axis) => axis);
  const bounds = [1, 2, 4].filter((index) => step.has(index));
  if (step.follows(input, all) || step.follows(output, all) || bounds.some((index) => !step.knows(index)))
    return sliceAtValues(step);
  const starts = step.has(1) ? step.integers(1) : (intsOf(step.node, 'starts') ?? []);
  const given = step.has(3) ? step.integers(3) : (intsOf(step.node, 'axes') ?? starts.map((_, i) => i));
  const steps = step.has(4) ? step.integers(4) : starts.map(() => 1);
  const pads = new Array<number>(2 * rank).fill(0);
  let gradient = step.gradient;
  for (const [i, value] of given.entries()) {
    const axis = step.axis(value, rank);
    const size = dims[axis]!;
    const stride = steps[i]!;
    const count = counts[axis]!;
    // The batch may be larger than in the probe run: a slice of all of it has nothing to give back.
    if (stride === 1 && count === size) continue;
    let first = clamp(starts[i]! < 0 ? starts[i]! + size : starts[i]!, stride < 0 ? size - 1 : size);
    if (stride < 0) {
      gradient = builder.turned(gradient, axis, count);
      first += (count - 1) * stride;
    }
    gradient = spread(builder, gradient, { axis, rank, count, stride: Math.abs(stride) });
    pads[axis] = first;
    pads[axis + rank] = size - first - ((count - 1) * Math.abs(stride) + 1);
  }
  return pads.every((pad) => pad === 0) ? gradient : builder.pad(gradient, pads);
}

/**
 * Where bounds or lengths are computed from values: the same slice of 0, 1, 2, … says which places were taken along an
 * axis, and each value goes back to its place.
 */
function sliceAtValues(step: Step): string {
  const { builder } = step;
  const rank = step.rank(0);
  if (builder.opset < 11) step.refuse('its bounds are computed from the values, before opset 11');
  const axes = step.has(3)
    ? step.integers(3).map((axis) => step.axis(axis, rank))
    : Array.from({ length: step.seen(step.input(1))[0]! }, (_, i) => i);
  const whole = (axis: number) =>
    step.seen(step.input(0))[axis] === step.seen(step.output)[axis] &&
    !step.follows(step.output, [axis]) &&
    (step.shapes.batchAxis(step.input(0)) === axis) === (step.shapes.batchAxis(step.output) === axis);
  const turns = step.has(4) && (!step.knows(4) || step.integers(4).some((by) => by < 0));
  return axes.reduce((gradient, axis, i) => {
    if (whole(axis) && !turns && ![1, 2].some((index) => step.shapes.moves(step.input(index))))
      return gradient;
    const size = builder.squeeze(step.lengthOf(0, axis), [0]);
    const places = builder.add('Range', [builder.int(0), size, builder.int(1)]);
    const [starts, ends, steps] = [1, 2, 4].map((index) =>
      step.has(index) ? builder.slice(step.input(index), [0], [i], [i + 1]) : builder.ints([1]),
    ) as [string, string, string];
    const taken = builder.add('Slice', [places, starts, ends, builder.ints([0]), steps]);
    return contractAxis(builder, gradient, { axis, rank }, oneHot(step, taken, 0, axis));
  }, step.gradient);
}

function clamp(value: number, most: number): number {
  return Math.max(0, Math.min(value, most));
}
