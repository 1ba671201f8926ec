import type { Raster } from '../attribution/explanation.ts';
import type { Run, RunMap } from './run.ts';

/** What two runs have to say to each other. */
export interface Comparison {
  /** Why there is no difference, in one sentence; null where there is one. */
  readonly misfit: string | null;
  /** B − A, cell by cell; null where the maps do not fit. */
  readonly difference: Raster | null;
  /** Pearson's r of the two maps over the steps that are real in both; null where it is not defined. */
  readonly correlation: number | null;
  /** Columns the correlation is over. */
  readonly steps: number;
}

/** B − A and Pearson's r over steps that are real in both; a sentence where the maps do not fit. */
export function compare(a: RunMap, b: RunMap): Comparison {
  const why = misfit(a, b);
  if (why !== null) return { misfit: why, difference: null, correlation: null, steps: 0 };
  const real = Uint8Array.from(a.mask, (on, column) => on & b.mask[column]!);
  return {
    misfit: null,
    difference: { rows: a.rows, columns: a.columns, values: a.values.map((from, i) => b.values[i]! - from) },
    correlation: correlation(a.values, b.values, (i) => real[i % a.columns] === 1),
    steps: real.reduce((sum, on) => sum + on, 0),
  };
}

/** Maps are never stretched onto each other. */
function misfit(a: RunMap, b: RunMap): string | null {
  if (a.full.columns !== b.full.columns) {
    return `A has ${a.full.columns} steps and B ${b.full.columns}: cell by cell they cannot be compared.`;
  }
  if (a.full.rows !== b.full.rows) {
    return `A is ${kind(a)} and B ${kind(b)}: cell by cell they cannot be compared.`;
  }
  const other = a.rows > 1 ? a.features.findIndex((name, i) => name !== b.features[i]) : -1;
  if (other >= 0) {
    return `Feature ${other} is ${a.features[other]} in A and ${b.features[other] ?? 'missing'} in B: cell by cell they cannot be compared.`;
  }
  return null;
}

function kind({ full }: RunMap): string {
  return full.rows === 1 ? 'a time map for all features' : `a map of ${full.rows} features`;
}

function correlation(a: Float32Array, b: Float32Array, counts: (i: number) => boolean): number | null {
  let [n, meanA, meanB, squaresA, squaresB, products] = [0, 0, 0, 0, 0, 0];
  for (const [i, x] of a.entries()) {
    const y = b[i]!;
    if (!counts(i) || !Number.isFinite(x) || !Number.isFinite(y)) continue;
    // Welford's running means: sums of squares of large maps lose too many digits.
    n++;
    const [dx, dy] = [x - meanA, y - meanB];
    meanA += dx / n;
    meanB += dy / n;
    squaresA += dx * (x - meanA);
    squaresB += dy * (y - meanB);
    products += dx * (y - meanB);
  }
  return squaresA > 0 && squaresB > 0 ? products / Math.sqrt(squaresA * squaresB) : null;
}

/** Probability of the class A explains, in both runs; null where B knows no such class. */
export function sameClass(a: Run['facts'], b: Run['facts']): { name: string; a: number; b: number } | null {
  const { name } = a.target;
  const p = ({ classes }: Run['facts']) => classes.find((one) => one.name === name)?.p;
  const [ofA, ofB] = [p(a), p(b)];
  return ofA === undefined || ofB === undefined ? null : { name, a: ofA, b: ofB };
}
