import type { ReversePass } from '../graph/gradient/backward.ts';
import { PositionSum, type PositionWeights, sumOverPositions } from '../graph/gradient/positionSum.ts';
import { elementCount } from '../graph/tensor.ts';
import type { CanonicalAxes } from './canonicalAxes.ts';

/**
 * Appends α [N, C]: the mean over positions of d logit / d tensor, or Σ m g / Σ m with `mask` [N, T'] over time (and
 * all features).
 */
export function meanGradient(
  pass: ReversePass,
  tensor: string,
  { perm, positions }: CanonicalAxes,
  mask: string | undefined,
): string {
  const { builder } = pass;
  const weights = (time: number): PositionWeights => (mask ? { name: mask, axis: time - 2 } : 'all');
  // The closed forms know tensors [N, C, positions…].
  const inOrder = perm[0] === 0 && perm[1] === 1;
  const sum = inOrder
    ? new PositionSum(pass, weights(perm.at(-1)!)).of(tensor)
    : sumOverPositions(
        builder,
        builder.transpose(pass.gradient(tensor)!, perm),
        perm.length,
        weights(perm.length - 1),
      );
  if (mask === undefined) return builder.add('Mul', [sum, builder.scalar(1 / elementCount(positions))]);
  // A layer without a real position would divide by 0; its map is then 0 and reported as such.
  const perFeature = positions.length === 2 ? positions[0]! : 1;
  const real = builder.add('Mul', [builder.reduce('ReduceSum', mask, [1], true), builder.scalar(perFeature)]);
  return builder.add('Div', [sum, builder.add('Max', [real, builder.scalar(1e-6)])]);
}
