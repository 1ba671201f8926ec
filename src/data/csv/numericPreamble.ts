/**
 * How many of the first rows hold one number in every column, of another scale than the rows below: start time and
 * sampling rate as wristbands write them.
 * @param rows headless, NaN where there is no number
 */
export function numericPreamble(rows: readonly (readonly number[])[]): 0 | 1 | 2 {
  const [first, second, ...below] = rows;
  if (!first || !second || below.length < 8) return 0;
  const same = (row: readonly number[]): boolean => row.every((value) => value === row[0]);
  const start = first[0]!;
  const largest = below.slice(0, 200).reduce((most, row) => Math.max(most, ...row.map(Math.abs)), 0);
  // Seconds, milli-, micro- or nanoseconds since 1970, of a year between 1990 and 2100.
  const isDate = [1, 1e3, 1e6, 1e9].some((unit) => start >= 6.3e8 * unit && start <= 4.2e9 * unit);
  if (!same(first) || !isDate || start < 100 * largest) return 0;
  const rate = second[0]!;
  return same(second) &&
    rate > 0 &&
    rate <= 1e5 &&
    Number.isInteger(rate * 1000) &&
    !below.slice(0, 3).every((row) => same(row) && row.length > 1)
    ? 2
    : 1;
}
