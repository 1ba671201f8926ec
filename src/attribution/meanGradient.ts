import type { GraphBuilder } from '../graph/builder.ts';
import type { ReversePass } from '../graph/gradient/backward.ts';
import { PositionSum, sumOverPositions } from '../graph/gradient/positionSum.ts';
import { elementCount } from '../graph/tensor.ts';
import { type CanonicalAxes, inCanonicalOrder, isInstancesThenChannels } from './canonicalAxes.ts';
import { isCentredBehind } from './centredBehind.ts';

/**
 * Appends α [N, C]: the mean over positions of d logit / d tensor, or Σ m g / Σ m with `mask` [N, T'] over time (and
 * all features).
 */
export function meanGradient(
  pass: ReversePass,
  tensor: string,
  axes: CanonicalAxes,
  mask: string | undefined,
): string {
  const { builder } = pass;
  const { positions } = axes;
  const sum = isInstancesThenChannels(axes)
    ? inClosedForm(pass, tensor, axes, mask)
    : inFull(pass, tensor, axes, mask);
  if (mask === undefined) {
    // The sum is rounding noise there, which would be drawn as a map.
    const share = isSumZero(pass, tensor, axes) ? 0 : 1 / elementCount(positions);
    return builder.add('Mul', [sum, builder.scalar(share)]);
  }
  // A layer without a real position would divide by 0; its map is then 0 and reported as such.
  const perFeature = positions.length === 2 ? positions[0]! : 1;
  const real = builder.add('Mul', [builder.reduce('ReduceSum', mask, [1], true), builder.scalar(perFeature)]);
  return builder.add('Div', [sum, builder.add('Max', [real, builder.scalar(1e-6)])]);
}

/** By construction: see {@link isCentredBehind}. */
function isSumZero({ builder }: ReversePass, tensor: string, axes: CanonicalAxes): boolean {
  return isInstancesThenChannels(axes) && isCentredBehind(builder.base, tensor);
}

/** The closed forms know tensors [N, C, positions…], whatever the order of the positions. */
function inClosedForm(
  pass: ReversePass,
  tensor: string,
  axes: CanonicalAxes,
  mask: string | undefined,
): string {
  return new PositionSum(pass, mask ? { name: mask, axis: axes.time - 2 } : 'all').of(tensor);
}

function inFull(pass: ReversePass, tensor: string, axes: CanonicalAxes, mask: string | undefined): string {
  return positionSum(pass.builder, inCanonicalOrder(pass.builder, pass.gradient(tensor)!, axes), axes, mask);
}

/** Σ over positions of a tensor [N, C, P…], those that `mask` [N, T'] leaves where there is one: [N, C]. */
export function positionSum(
  builder: GraphBuilder,
  tensor: string,
  { positions }: Pick<CanonicalAxes, 'positions'>,
  mask: string | undefined,
): string {
  const rank = 2 + positions.length;
  return sumOverPositions(builder, tensor, rank, mask ? { name: mask, axis: rank - 3 } : 'all');
}
