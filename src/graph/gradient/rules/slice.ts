import { intsOf } from '../../attributes.ts';
import { spread } from '../spread.ts';
import type { Step } from '../step.ts';

/** A slice is put back at its place and padded with zeros; steps over 1 leave gaps, negative ones turn it round. */
export function sliceBackward(step: Step): string {
  const { builder } = step;
  const dims = step.dims(0);
  const counts = step.outputDims();
  const rank = dims.length;
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

function clamp(value: number, most: number): number {
  return Math.max(0, Math.min(value, most));
}
