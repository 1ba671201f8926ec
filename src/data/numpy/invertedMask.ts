import type { Finding } from '../../finding.ts';
import { Refusal } from '../../refusal.ts';
import type { ArrayShape } from './arrayShape.ts';
import { isConstant } from './constantSteps.ts';
import type { SeriesArray } from './seriesArray.ts';

/** Fewer equal steps may be chance. */
const fewestSteps = 8;

/**
 * Turns masks round that are 1 on padding (the habit of attention layers), in place: what they call real is one value
 * throughout in every instance that has both, and what they call padding is not; or, where values do not tell, the name.
 * @throws Refusal `bad-mask` where an instance has no real step
 */
export function turnInverted(
  x: SeriesArray,
  shape: ArrayShape,
  { masks, origin }: { readonly masks: readonly Uint8Array[]; readonly origin: string },
  fileName: string,
): Finding[] {
  const telling = masks.flatMap((mask, index) =>
    mask.includes(0) && mask.includes(1) ? [[mask, index] as const] : [],
  );
  const inverted =
    telling.reduce((sum, [mask]) => sum + mask.reduce((real, flag) => real + flag, 0), 0) >= fewestSteps &&
    telling.every(
      ([mask, index]) => isConstant(x, shape, index, mask, 1) && !isConstant(x, shape, index, mask, 0),
    );
  const asSaid = telling.some(
    ([mask, index]) => isConstant(x, shape, index, mask, 0) && !isConstant(x, shape, index, mask, 1),
  );
  // PyTorch calls so what is True on padding, and most masks of a full series are then all False.
  const byName = !inverted && !asSaid && /key_padding/i.test(origin);
  if (inverted || byName) {
    for (const mask of masks) {
      for (const [step, value] of mask.entries()) mask[step] = 1 - value;
    }
  }
  const empty = masks.findIndex((mask) => !mask.includes(1));
  if (empty >= 0) {
    const name = /^array (\S+) in the file$/.exec(origin)?.[1] ?? 'mask';
    throw new Refusal('bad-mask', `${fileName}: ${name}[${empty}] has no real step.`);
  }
  if (byName) {
    const sentence = `${fileName}: the mask (${origin}) is named as PyTorch's, which is True on padding, and is taken so; save it as "mask", 1 on real steps, to be sure.`;
    return [{ code: 'mask-inverted', severity: 'warning', sentence }];
  }
  if (!inverted) return [];
  const sentence = `${fileName}: under the mask (${origin}) every "real" step is one constant and the "padding" is not, so it is 1 on padding; it is taken the other way round. Save it as 1 on real steps to be sure.`;
  return [{ code: 'mask-inverted', severity: 'warning', sentence }];
}
