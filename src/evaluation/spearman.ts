import { correlation } from '../padding/correlation.ts';

/** Spearman 1904: Pearson's correlation of the ranks; NaN where either side is constant. */
export function spearman(a: ArrayLike<number>, b: ArrayLike<number>): number {
  // Exactly, before rounding makes a little spread of none.
  if (isConstant(a) || isConstant(b)) return Number.NaN;
  return correlation(ranks(a), ranks(b));
}

function isConstant(values: ArrayLike<number>): boolean {
  for (let i = 1; i < values.length; i++) if (values[i] !== values[0]) return false;
  return true;
}

/**
 * Ranks from 1, smallest first; equal values share the mean of their ranks.
 * @returns [n]
 */
export function ranks(values: ArrayLike<number>): Float64Array {
  const order = Uint32Array.from({ length: values.length }, (_, i) => i).sort(
    (i, j) => values[i]! - values[j]!,
  );
  const out = new Float64Array(values.length);
  for (let from = 0; from < order.length; ) {
    let to = from + 1;
    while (to < order.length && values[order[to]!] === values[order[from]!]) to++;
    for (let k = from; k < to; k++) out[order[k]!] = (from + to + 1) / 2;
    from = to;
  }
  return out;
}
