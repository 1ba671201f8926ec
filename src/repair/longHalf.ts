/**
 * Which lengths lie in the longer half of a file: those above the median one (the lower of two); where most series have
 * the greatest length, that one.
 */
export function longHalf(lengths: readonly number[]): (length: number) => boolean {
  const sorted = lengths.toSorted((a, b) => a - b);
  const [median, longest] = [sorted[(sorted.length - 1) >> 1]!, sorted.at(-1)!];
  return (length) => (median === longest ? length === longest : length > median);
}
