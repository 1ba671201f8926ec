/**
 * Modified z-scores 0.6745 · (x − median) / MAD, and over the mean absolute deviation where half of the values are
 * the same (Iglewicz and Hoaglin 1993). All 0 where all values are the same.
 */
export function robustZ(values: readonly number[]): { median: number; z: number[] } {
  const middle = median(values);
  const deviations = values.map((value) => Math.abs(value - middle));
  const mad = median(deviations);
  const spread =
    mad > 0 ? mad / 0.6745 : 1.253314 * (deviations.reduce((sum, each) => sum + each, 0) / values.length);
  return { median: middle, z: values.map((value) => (spread > 0 ? (value - middle) / spread : 0)) };
}

/** NaN of no values. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}
