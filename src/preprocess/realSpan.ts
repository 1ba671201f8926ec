/** Steps from the first real one to the last, both counted: what is left once padding at the ends is taken off; 0 without a real step. */
export function realSpan(mask: Uint8Array): number {
  const first = mask.indexOf(1);
  return first < 0 ? 0 : mask.lastIndexOf(1) + 1 - first;
}
