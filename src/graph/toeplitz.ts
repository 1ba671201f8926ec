import type { Tensor } from './tensor.ts';

/** How a kernel slides along one axis. */
interface Slide {
  readonly input: number;
  readonly output: number;
  readonly kernel: number;
  readonly strides: number;
  readonly dilations: number;
  readonly padsBegin: number;
}

/**
 * The matrix a convolution along one axis is: [C, input] · matrix = [M, output].
 * @param weights [M, C, …, kernel], the axes between of length 1
 * @returns [C · input, M · output]
 */
export function toeplitz(weights: Tensor, slide: Slide): Float32Array {
  const { input, output, kernel, strides, dilations, padsBegin } = slide;
  const [filters, channels] = weights.dims as [number, number];
  const taps = weights.data as Float32Array;
  const width = filters * output;
  const matrix = new Float32Array(channels * input * width);
  for (let m = 0; m < filters; m++) {
    for (let c = 0; c < channels; c++) {
      for (let k = 0; k < kernel; k++) {
        const tap = taps[(m * channels + c) * kernel + k]!;
        for (let to = 0; to < output; to++) {
          const from = to * strides - padsBegin + k * dilations;
          if (from >= 0 && from < input) matrix[(c * input + from) * width + m * output + to] = tap;
        }
      }
    }
  }
  return matrix;
}
