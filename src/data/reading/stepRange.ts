/** Fewest and most steps of the instances. */
export function stepRange(instances: readonly { readonly length: number }[]): readonly [number, number] {
  let least = Number.POSITIVE_INFINITY;
  let most = 0;
  for (const { length } of instances) {
    least = Math.min(least, length);
    most = Math.max(most, length);
  }
  return [Math.min(least, most), most];
}
