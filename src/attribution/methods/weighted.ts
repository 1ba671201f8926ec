import type { GraphBuilder } from '../../graph/builder.ts';
import type { FeatureMap } from './method.ts';

/** Σ_k w_k A_k in the graph. @param weights [N, C] */
export function weightedSum(
  builder: GraphBuilder,
  weights: string,
  { activation, positions }: FeatureMap,
): string {
  // As a matrix product [1, C]·[C, P]: the weighted activations are never written down.
  const flat = builder.reshape(activation, [0, 0, -1]);
  const product = builder.add('MatMul', [builder.unsqueeze(weights, [1]), flat]);
  return builder.reshape(product, [0, ...positions]);
}

/** Σ_k w_k A_k of activations [C, P…], in float64. */
export function weightedMap(weights: ArrayLike<number>, activation: Float32Array): Float32Array {
  const cells = activation.length / weights.length;
  const sums = new Float64Array(cells);
  for (let channel = 0, i = 0; channel < weights.length; channel++) {
    const weight = weights[channel]!;
    for (let cell = 0; cell < cells; cell++, i++) sums[cell]! += weight * activation[i]!;
  }
  return Float32Array.from(sums);
}
