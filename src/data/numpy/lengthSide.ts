import type { Finding } from '../../finding.ts';
import type { ArrayShape } from './arrayShape.ts';
import { isConstant } from './constantSteps.ts';
import type { SeriesArray } from './seriesArray.ts';

/** Fewer steps may be one value by chance. */
const FEWEST_STEPS = 8;

/**
 * Lengths do not say at which end the padding lies. Taken for the end, masks are mirrored in place where the values show
 * that it is the front: there every padded step is one value, and at the end none is.
 */
export function turnSides(
  x: SeriesArray,
  shape: ArrayShape,
  { masks, origin }: { readonly masks: readonly Uint8Array[]; readonly origin: string },
  fileName: string,
): Finding[] {
  const padded = masks.flatMap((mask, index) => (mask.includes(0) ? [{ mask, index }] : []));
  const steps = padded.reduce((sum, { mask }) => sum + mask.reduce((n, real) => n + 1 - real, 0), 0);
  const isFront =
    steps >= FEWEST_STEPS &&
    padded.every(({ mask, index }) => isConstant(x, shape, index, mask.toReversed(), 0)) &&
    !padded.some(({ mask, index }) => count(mask) > 1 && isConstant(x, shape, index, mask, 0));
  if (!isFront) return [];
  for (const { mask } of padded) mask.reverse();
  const sentence = `${fileName}: behind as many steps as ${origin} counts the values go on, and before the last ones they are one value, so padding is taken to be at the front; say "mask": "length-column:${nameOf(origin)}" in attribution.json if it is at the end.`;
  return [{ code: 'mask-side', severity: 'warning', sentence }];
}

function count(mask: Uint8Array): number {
  return mask.reduce((sum, real) => sum + 1 - real, 0);
}

function nameOf(origin: string): string {
  return /^array (\S+) in the file$/.exec(origin)?.[1] ?? 'lengths';
}
