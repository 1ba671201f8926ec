import { intOf, ints } from '../../attributes.ts';
import type { Attributes } from '../../graph.ts';
import { float32 } from '../../tensor.ts';
import { unary } from '../broadcast.ts';
import type { Rules } from '../rule.ts';
import { spread } from '../spread.ts';
import type { Step } from '../step.ts';
import { multiply, scalar } from '../terms.ts';
import type { Window } from '../window.ts';
import { poolWindow } from './maxPool.ts';

/** Each value gets its share of dy, 1 / (values of the window). */
export const averagePoolRules: Rules = {
  AveragePool: unary(averagePoolBackward),
  GlobalAveragePool: unary((step) => {
    const axes = Array.from({ length: step.rank(0) - 2 }, (_, i) => i + 2);
    const share = multiply(step, step.gradient, step.share(0, axes));
    return step.builder.expandLike(share, step.input(0));
  }),
};

function averagePoolBackward(step: Step): string {
  const window = poolWindow(step);
  const perOutput = step.builder.constant(
    float32(
      [1, 1, ...window.output],
      countsRead(step, window).map((count) => 1 / count),
    ),
  );
  return windowSums(step, multiply(step, step.gradient, perOutput), window);
}

/** Every position takes the sum of what stands at the windows that read it: again a sliding sum. */
export function windowSums(step: Step, perWindow: string, window: Window): string {
  const { builder } = step;
  const { input, output, kernel, strides, dilations, padsBegin } = window;
  const taps = kernel.reduce((product, size) => product * size, 1);
  let gradient = perWindow;
  for (const [i, count] of output.entries()) {
    gradient = spread(builder, gradient, {
      axis: i + 2,
      rank: output.length + 2,
      count,
      stride: strides[i]!,
    });
  }
  const begin = kernel.map((size, i) => (size - 1) * dilations[i]! - padsBegin[i]!);
  const end = input.map((size, i) => size - 1 - (output[i]! - 1) * strides[i]! + padsBegin[i]!);
  const padded = builder.pad(gradient, [0, 0, ...begin, 0, 0, ...end]);
  // The product must come after the padding: onnxruntime moves a Pad into the AveragePool behind it, where it is too wide.
  const aligned = multiply(step, padded, scalar(step, taps));
  // Before opset 19 there is no such attribute.
  const attributes: Attributes = dilations.some((dilation) => dilation !== 1)
    ? { kernel_shape: ints(kernel), dilations: ints(dilations) }
    : { kernel_shape: ints(kernel) };
  return builder.add('AveragePool', [aligned], attributes);
}

/** How many values each output is the mean of, first axis slowest. */
function countsRead(step: Step, window: Window): number[] {
  const padsCount = intOf(step.node, 'count_include_pad') === 1;
  const { input, output, kernel, strides, dilations, padsBegin, padsEnd } = window;
  const perAxis = output.map((count, i) =>
    Array.from({ length: count }, (_, at) => {
      const low = padsCount ? -padsBegin[i]! : 0;
      const high = input[i]! + (padsCount ? padsEnd[i]! : 0);
      const steps = Array.from(
        { length: kernel[i]! },
        (_, tap) => at * strides[i]! - padsBegin[i]! + tap * dilations[i]!,
      );
      return steps.filter((position) => position >= low && position < high).length;
    }),
  );
  return perAxis.reduce<number[]>((counts, axis) => counts.flatMap((a) => axis.map((b) => a * b)), [1]);
}
