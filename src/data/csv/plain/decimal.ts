/** Powers of ten that float64 holds exactly. */
export const POWERS = Float64Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`));

/** Dekker 1971: cuts a float64 into two halves whose products are exact. */
const SPLITTER = 2 ** 27 + 1;
/** Far more than the error of what is computed with twice the digits, about 2⁻¹⁰³. */
const MARGIN = 2 ** -90;

/**
 * The float64 nearest to (high · 10ᵈ + low) · 10ᵉ, computed with twice the digits of float64 (Dekker 1971).
 * @param high, low whole numbers below 2⁵³, low < 10ᵈ
 * @param digits d, 0 to 9
 * @param exponent e, -22 to 22
 * @returns NaN where it lies so near the middle of two that this does not tell which is nearer
 */
export function nearest(high: number, low: number, digits: number, exponent: number): number {
  const power = POWERS[digits]!;
  const product = high * power;
  const sum = product + low;
  // Both are what rounding has left off, exactly.
  const rest = productError(high, power, product) + sumError(product, low, sum);
  const scale = POWERS[Math.abs(exponent)]!;
  let main: number;
  let more: number;
  if (exponent < 0) {
    main = sum / scale;
    const back = main * scale;
    more = (sum - back - productError(main, scale, back) + rest) / scale;
  } else {
    main = sum * scale;
    more = productError(sum, scale, main) + rest * scale;
  }
  const margin = main * MARGIN;
  const value = main + (more - margin);
  return value === main + (more + margin) ? value : Number.NaN;
}

/** a · b − product, exactly. */
function productError(a: number, b: number, product: number): number {
  const [wideA, wideB] = [a * SPLITTER, b * SPLITTER];
  const highA = wideA - (wideA - a);
  const highB = wideB - (wideB - b);
  const lowA = a - highA;
  const lowB = b - highB;
  return lowA * lowB - (product - highA * highB - lowA * highB - highA * lowB);
}

/** a + b − sum, exactly (Knuth). */
function sumError(a: number, b: number, sum: number): number {
  const back = sum - a;
  return a - (sum - back) + (b - back);
}
