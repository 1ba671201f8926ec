import { int, intOf, ints } from '../../attributes.ts';
import { float32, type Tensor } from '../../tensor.ts';
import type { Rules } from '../rule.ts';
import type { Step } from '../step.ts';
import { filled, reach, type Window, windowOf } from '../window.ts';

/** Convolutions: the gradient with respect to the input. Kernels may be computed, but are not differentiated. */
export const convRules: Rules = {
  Conv: (step) => [() => convBackward(step)],
  ConvTranspose: (step) => [() => convTransposeBackward(step)],
};

/** Window of a Conv step. */
export function convWindow(step: Step): Window {
  return windowOf(step.node, step.dims(0).slice(2), step.outputDims().slice(2), step.dims(1).slice(2));
}

export function groupsOf(step: Step): number {
  return intOf(step.node, 'group') ?? 1;
}

function convBackward(step: Step): string {
  const { builder } = step;
  const window = convWindow(step);
  const { kernel, strides, dilations, padsBegin, padsEnd, input } = window;
  const weights = builder.constantOf(step.input(1));
  const group = int(groupsOf(step));
  const full = [...padsBegin, ...padsEnd].map((pad, i) => {
    const axis = i % kernel.length;
    return (kernel[axis]! - 1) * dilations[axis]! - pad;
  });
  // Convolving with the flipped kernel is 1.1 to 2.3 times faster than ConvTranspose, but knows no strides.
  if (
    weights?.dtype === 'float32' &&
    strides.every((stride) => stride === 1) &&
    full.every((pad) => pad >= 0)
  ) {
    const flipped = builder.constant(flipKernel(weights, groupsOf(step)), 'flipped');
    return builder.add('Conv', [step.gradient, flipped], {
      kernel_shape: ints(kernel),
      dilations: ints(dilations),
      pads: ints(full),
      group,
    });
  }
  const unread = reach(window).map((steps, i) => input[i]! + padsBegin[i]! + padsEnd[i]! - steps);
  return builder.add('ConvTranspose', [step.gradient, step.input(1)], {
    kernel_shape: ints(kernel),
    strides: ints(strides),
    dilations: ints(dilations),
    pads: ints([...padsBegin, ...padsEnd]),
    output_padding: ints(unread),
    group,
  });
}

/** [M, C/g, k…] → [C, M/g, k… reversed]. */
function flipKernel(weights: Tensor, groups: number): Tensor {
  const [outputs, inputsPerGroup, ...kernel] = weights.dims as [number, number, ...number[]];
  const taps = kernel.reduce((product, size) => product * size, 1);
  const outputsPerGroup = outputs / groups;
  const from = weights.data as Float32Array;
  const to = new Float32Array(from.length);
  for (let output = 0; output < outputs; output++) {
    const group = Math.floor(output / outputsPerGroup);
    for (let input = 0; input < inputsPerGroup; input++) {
      const source = (output * inputsPerGroup + input) * taps;
      const target = ((group * inputsPerGroup + input) * outputsPerGroup + (output % outputsPerGroup)) * taps;
      for (let tap = 0; tap < taps; tap++) to[target + taps - 1 - tap] = from[source + tap]!;
    }
  }
  return float32([inputsPerGroup * groups, outputsPerGroup, ...kernel], to);
}

/** A ConvTranspose is the backward step of a Conv, so its own backward step is that Conv. */
function convTransposeBackward(step: Step): string {
  const kernel = step.dims(1).slice(2);
  const small = step.dims(0).slice(2);
  const large = step.outputDims().slice(2);
  // The Conv runs from the large side to the small one; what the ConvTranspose cropped is its padding.
  const window = windowOf(step.node, large, small, kernel);
  const begin = transposedPads(step, window);
  const end = reach(window).map((steps, i) => steps - large[i]! - begin[i]!);
  const aligned = step.builder.pad(step.gradient, [0, 0, ...begin, 0, 0, ...end]);
  return step.builder.add('Conv', [aligned, step.input(1)], {
    kernel_shape: ints(kernel),
    strides: ints(window.strides),
    dilations: ints(window.dilations),
    pads: ints(filled(2 * kernel.length, 0)),
    group: int(groupsOf(step)),
  });
}

/** Steps a ConvTranspose crops at the beginning of each axis. */
function transposedPads(step: Step, window: Window): readonly number[] {
  const { node } = step;
  const auto = node.attributes.auto_pad;
  const mode = auto?.kind === 'string' ? auto.value : 'NOTSET';
  if (mode === 'NOTSET' && node.attributes.output_shape === undefined) return window.padsBegin;
  if (mode === 'VALID') return filled(window.kernel.length, 0);
  const padding = node.attributes.output_padding;
  const more = padding?.kind === 'ints' ? padding.value : filled(window.kernel.length, 0);
  return reach(window).map((steps, i) => {
    const total = Math.max(0, steps + more[i]! - window.input[i]!);
    return mode === 'SAME_UPPER' ? Math.floor(total / 2) : total - Math.floor(total / 2);
  });
}
