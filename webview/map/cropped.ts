import type { Visible } from './visible.ts';

/** Padding beside the real steps that stays in sight: this share of their number, but some. */
const share = 0.06;
const least = 3;

/** The columns that are left when long padding at the ends is cropped; all of them where there is none. @param mask [columns] */
export function cropped(mask: Uint8Array): Visible {
  const first = mask.indexOf(1);
  const last = mask.lastIndexOf(1);
  if (first < 0) return { from: 0, to: mask.length };
  const beside = Math.max(least, Math.round((last + 1 - first) * share));
  return { from: Math.max(0, first - beside), to: Math.min(mask.length, last + 1 + beside) };
}
