import { intsOf } from '../../attributes.ts';
import { elementCount } from '../../tensor.ts';
import { unary } from '../broadcast.ts';
import { memo } from '../memo.ts';
import type { Rules } from '../rule.ts';
import { spread } from '../spread.ts';
import type { Step } from '../step.ts';
import { sumOf } from '../sum.ts';
import { choose, minus, multiply, scalar } from '../terms.ts';
import { reach, type Window, windowOf } from '../window.ts';

/** Lower than any value; padding must not win. */
const LOWEST = -3.4028234663852886e38;

/** Every position of the window takes a handful of nodes. */
const MOST_OFFSETS = 1024;

/** Each output's gradient goes to the first position of its window that holds the maximum. */
export const maxPoolRules: Rules = {
  MaxPool: unary(maxPoolBackward),
  GlobalMaxPool: unary(globalMaxPoolBackward),
};

/** Kernel, strides and padding over the spatial axes. */
export function poolWindow(step: Step): Window {
  const kernel = intsOf(step.node, 'kernel_shape') ?? step.refuse('kernel_shape is missing');
  return windowOf(step.node, step.dims(0).slice(2), step.outputDims().slice(2), kernel);
}

/** Window position by window position: what the position holds, whether it is the (first) maximum, put back in place. */
function maxPoolBackward(step: Step): string {
  const { builder } = step;
  const window = poolWindow(step);
  const { input, output, padsBegin, strides } = window;
  const rank = input.length;
  if (output.every((count) => count === 1) && isWhole(window)) return globalMaxPoolBackward(step);
  const size = elementCount(window.kernel);
  if (size > MOST_OFFSETS) step.refuse(`its windows of ${size} positions are too large`);
  const axes = input.map((_, i) => i + 2);
  const lastOf = (from: number, i: number) => from + (output[i]! - 1) * strides[i]!;
  // What a position of every window holds; the padded input ends where the last window ends (ceil_mode may reach past
  // the declared padding).
  const held = memo(() => {
    const padsEnd = reach(window).map((steps, i) => Math.max(0, steps - input[i]! - padsBegin[i]!));
    return builder.pad(step.input(0), [0, 0, ...padsBegin, 0, 0, ...padsEnd], LOWEST);
  });
  const slides = strides.every((stride) => stride === 1);

  // Seen by no window inside the input, a position is never the maximum.
  const offsets = windowOffsets(window).filter((offset) =>
    offset.every((from, i) => lastOf(from, i) >= padsBegin[i]! && from < input[i]! + padsBegin[i]!),
  );
  // What no earlier position of the window has taken; none of these steps needs a bool turned to float.
  let left = step.gradient;
  const parts: string[] = [];
  for (const [place, offset] of offsets.entries()) {
    const last = offset.map(lastOf);
    // Straight to its place on the input; what a shift moves onto padding is 0 and cropped.
    const begin = offset.map((from, i) => from - padsBegin[i]!);
    const end = last.map((at, i) => input[i]! + padsBegin[i]! - at - 1);
    // The last one takes what is left.
    let part = left;
    if (place < offsets.length - 1) {
      const back = [0, 0, ...begin.map((pad) => -pad), 0, 0, ...end.map((pad) => -pad)];
      const ends = last.map((at) => at + 1);
      const seen = slides
        ? builder.pad(step.input(0), back, LOWEST)
        : builder.slice(held(), axes, offset, ends, strides);
      part = choose(step, builder.equal(seen, step.output), left, scalar(step, 0));
      left = minus(step, left, part);
    }
    for (const [i, axis] of axes.entries()) {
      part = spread(builder, part, { axis, rank: rank + 2, count: output[i]!, stride: strides[i]! });
    }
    parts.push(builder.pad(part, [0, 0, ...begin, 0, 0, ...end]));
  }
  return sumOf(builder, parts);
}

/** True where one window is the whole input. */
function isWhole({ kernel, input, dilations, padsBegin }: Window): boolean {
  return kernel.every((size, i) => size >= input[i]! && dilations[i] === 1 && padsBegin[i] === 0);
}

/** Steps from a window's beginning to each of its taps, first axis slowest. */
function windowOffsets({ kernel, dilations }: Window): number[][] {
  return kernel.reduce<number[][]>(
    (offsets, size, i) =>
      offsets.flatMap((offset) => Array.from({ length: size }, (_, tap) => [...offset, tap * dilations[i]!])),
    [[]],
  );
}

function globalMaxPoolBackward(step: Step): string {
  const { builder } = step;
  const axes = Array.from({ length: step.rank(0) - 2 }, (_, i) => i + 2);
  const flat = builder.reshape(step.input(0), [0, 0, -1]);
  const positions = step.follows(step.input(0), axes)
    ? builder.slice(builder.shapeOf(flat), [0], [2], [3])
    : builder.ints([
        step
          .dims(0)
          .slice(2)
          .reduce((all, dim) => all * dim, 1),
      ]);
  const winner = builder.add('ArgMax', [flat], {
    axis: { kind: 'int', value: 2 },
    keepdims: { kind: 'int', value: 0 },
  });
  const values = builder.constant({ dtype: 'float32', dims: [2], data: Float32Array.of(0, 1) });
  const oneHot = builder.add('OneHot', [winner, positions, values]);
  return multiply(step, builder.reshapeLike(oneHot, step.input(0)), step.gradient);
}
