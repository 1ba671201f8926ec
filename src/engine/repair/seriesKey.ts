import type { MaskedSeries } from '../../preprocess/case.ts';

/** 64 bits that tell one series with its mask from another, beside what it is put to. */
export function seriesKey({ x, mask }: MaskedSeries, fold: number, steps: number): string {
  const words = new Int32Array(x.buffer, x.byteOffset, x.length);
  let [a, b] = [0x811c9dc5, 0x9e3779b9];
  for (let i = 0; i < words.length; i++) {
    a = Math.imul(a ^ words[i]!, 0x01000193) ^ (a >>> 15);
    b = Math.imul(b + words[i]!, 0x85ebca6b) ^ (b >>> 13);
  }
  for (let t = 0; t < mask.length; t++) {
    a = Math.imul(a ^ mask[t]!, 0x01000193) ^ (a >>> 15);
    b = Math.imul(b + mask[t]!, 0x85ebca6b) ^ (b >>> 13);
  }
  return `${fold} ${steps} ${a} ${b}`;
}
