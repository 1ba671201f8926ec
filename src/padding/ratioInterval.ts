/** A ratio of two estimates with their variances and covariance. */
interface Ratio {
  readonly numerator: number;
  readonly denominator: number;
  readonly varNumerator: number;
  readonly varDenominator: number;
  readonly covariance: number;
}

/**
 * Every ratio r for which numerator − r·denominator is within z standard errors of 0 (Fieller 1954). Unlike the
 * bootstrap's it does not break where the denominator is uncertain.
 * @returns null where the denominator cannot be told from 0, so that any ratio would do
 */
export function ratioInterval(ratio: Ratio, z: number): readonly [number, number] | null {
  const { numerator: n, denominator: d } = ratio;
  const a = d * d - z * z * ratio.varDenominator;
  if (a <= 0) return null;
  const b = n * d - z * z * ratio.covariance;
  const c = n * n - z * z * ratio.varNumerator;
  const root = Math.sqrt(Math.max(0, b * b - a * c));
  return [(b - root) / a, (b + root) / a];
}
