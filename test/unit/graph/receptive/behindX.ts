import type { GraphBuilder } from '../../../../src/graph/builder.ts';
import { elementCount, float32 } from '../../../../src/graph/tensor.ts';
import { randomNumbers } from '../../gradient/opCase.ts';

/** Features and steps of x. */
export const [F, T] = [4, 12];

/** Grows something behind x [N, F, T] and gives its name. */
export type Grow = (builder: GraphBuilder) => string;

/** Positive and drawn by chance, the same for the same shape. */
export function weights(builder: GraphBuilder, dims: readonly number[]): string {
  const random = randomNumbers(dims.length);
  return builder.constant(
    float32(
      dims,
      Array.from({ length: elementCount(dims) }, () => random() + 0.1),
    ),
  );
}

/** The axes of x. */
export const SERIES = ['batch', 'feature', 'time'] as const;
