import type { GraphBuilder } from '../../../../src/graph/builder.ts';
import { float32 } from '../../../../src/graph/tensor.ts';

/** Steps of the input that is grown over, [N, CHANNELS, STEPS]. */
export const STEPS = 48;
export const CHANNELS = 2;

/** One operator put behind a tensor [N, CHANNELS, T]. */
export type Grow = (builder: GraphBuilder, x: string) => string;

/** Positive weights, so that a raised input step raises every position that reads it. */
export function weights(builder: GraphBuilder, dims: readonly number[]): string {
  const count = dims.reduce((product, dim) => product * dim, 1);
  return builder.constant(
    float32(
      dims,
      Float32Array.from({ length: count }, (_, i) => 0.5 + ((i * 7) % 5) / 5),
    ),
  );
}
