/** Where an instance has its padding. */
export type PadSide = 'end' | 'front' | 'both' | 'middle' | 'none';

/** Where the padding lies: `middle` when real steps stand on both sides of it. */
export function padSide(mask: Uint8Array): PadSide {
  const first = mask.indexOf(1);
  const last = mask.lastIndexOf(1);
  if (first < 0 || mask.every((m) => m === 1)) return 'none';
  if (mask.subarray(first, last + 1).includes(0)) return 'middle';
  if (first === 0) return 'end';
  return last === mask.length - 1 ? 'front' : 'both';
}
