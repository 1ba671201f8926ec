/** Answers of two classifiers to the same instances that differ in being right. */
export interface Discordance {
  /** Wrong before, right after. */
  readonly gained: number;
  /** Right before, wrong after. */
  readonly lost: number;
  /** Two-sided p of the exact test that both are as likely (McNemar 1947; binomial with 1/2). */
  readonly p: number;
}

/** @param before [n] 1 where the answer was right; @param after [n] likewise */
export function mcnemar(before: ArrayLike<number>, after: ArrayLike<number>): Discordance {
  let [gained, lost] = [0, 0];
  for (let i = 0; i < before.length; i++) {
    if (!before[i] && after[i]) gained++;
    if (before[i] && !after[i]) lost++;
  }
  const n = gained + lost;
  let [tail, term] = [0, 0.5 ** n];
  for (let k = 0; k <= Math.min(gained, lost); k++) {
    tail += term;
    term *= (n - k) / (k + 1);
  }
  return { gained, lost, p: Math.min(1, 2 * (n > 1000 ? normalTail(gained, lost) : tail)) };
}

/** Of many: the normal approximation with the continuity correction, where 2⁻ⁿ is no number any more. */
function normalTail(gained: number, lost: number): number {
  const z = Math.max(0, Math.abs(gained - lost) - 1) / Math.sqrt(gained + lost);
  // Abramowitz & Stegun 26.2.17.
  const t = 1 / (1 + 0.2316419 * z);
  const poly =
    t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return (Math.exp(-(z * z) / 2) / Math.sqrt(2 * Math.PI)) * poly;
}
