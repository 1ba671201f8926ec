import { ints } from '../attributes.ts';
import { float32 } from '../tensor.ts';
import type { PositionWeights } from './positionWeights.ts';
import { convWindow, groupsOf } from './rules/conv.ts';
import type { Step } from './step.ts';
import type { Window } from './window.ts';

/**
 * Σ_p w(p)·d logit / dA_c(p) for an activation A read by a convolution y_m(o) = Σ_c,j W_mcj A_c(o·stride + j·dilation − pad):
 * Σ_m,j W_mcj V_mj with V_mj = Σ_o w(o·stride + j·dilation − pad)·d logit / dy_m(o). C times less work than the full
 * transposed convolution. Weights outside the input are 0. Gives [N, C].
 */
export function convPositionSum(step: Step, weights: PositionWeights): string {
  const { builder } = step;
  const window = convWindow(step);
  const rank = window.kernel.length + 2;
  let taps = step.gradient;
  for (const spatial of window.kernel.keys()) {
    const last = swapWithLast(rank, spatial + 2);
    const counted =
      weights !== 'all' && weights.axis === spatial
        ? weightsPerTap(step, window, weights)
        : builder.constant(
            float32([window.output[spatial]!, window.kernel[spatial]!], insidePerTap(window, spatial)),
          );
    taps = builder.transpose(builder.add('MatMul', [builder.transpose(taps, last), counted]), last);
  }
  return contractKernel(step, taps);
}

/** [O, K]: 1 where the tap of that output lies on the input, 0 where it lies on padding. */
function insidePerTap(
  { input, output, kernel, strides, dilations, padsBegin }: Window,
  axis: number,
): number[] {
  return Array.from({ length: output[axis]! * kernel[axis]! }, (_, i) => {
    const [at, tap] = [Math.floor(i / kernel[axis]!), i % kernel[axis]!];
    const position = at * strides[axis]! + tap * dilations[axis]! - padsBegin[axis]!;
    return position >= 0 && position < input[axis]! ? 1 : 0;
  });
}

/** [N, 1…, O, K]: the weight of the input position each tap reads, by a convolution with one-hot kernels. */
function weightsPerTap(
  step: Step,
  window: Window,
  weights: { readonly name: string; readonly axis: number },
): string {
  const { builder } = step;
  const { axis } = weights;
  const size = window.kernel[axis]!;
  const oneHot = new Float32Array(size * size);
  for (let tap = 0; tap < size; tap++) oneHot[tap * size + tap] = 1;
  const row = builder.unsqueeze(weights.name, [1]);
  const perTap = builder.add('Conv', [row, builder.constant(float32([size, 1, size], oneHot))], {
    kernel_shape: ints([size]),
    strides: ints([window.strides[axis]!]),
    dilations: ints([window.dilations[axis]!]),
    pads: ints([window.padsBegin[axis]!, window.padsEnd[axis]!]),
  });
  const perOutput = builder.transpose(perTap, [0, 2, 1]);
  const between = window.kernel.length - 1;
  return between > 0
    ? builder.unsqueeze(
        perOutput,
        Array.from({ length: between }, (_, i) => i + 1),
      )
    : perOutput;
}

/** [N, M, taps…] with the kernel [M, C/g, taps…] gives [N, C]. */
function contractKernel(step: Step, taps: string): string {
  const { builder } = step;
  const [outputs, inputsPerGroup, ...kernel] = step.dims(1) as [number, number, ...number[]];
  const groups = groupsOf(step);
  const summed = (outputs / groups) * kernel.reduce((product, size) => product * size, 1);
  const perGroup = builder.transpose(builder.reshape(taps, [0, groups, summed]), [1, 0, 2]);
  const weights = builder.reshape(step.input(1), [groups, outputs / groups, inputsPerGroup, -1]);
  const matrix = builder.reshape(builder.transpose(weights, [0, 1, 3, 2]), [groups, summed, inputsPerGroup]);
  const product = builder.add('MatMul', [perGroup, matrix]);
  return builder.reshape(builder.transpose(product, [1, 0, 2]), [0, groups * inputsPerGroup]);
}

function swapWithLast(rank: number, axis: number): number[] {
  const perm = Array.from({ length: rank }, (_, i) => i);
  perm[axis] = rank - 1;
  perm[rank - 1] = axis;
  return perm;
}
