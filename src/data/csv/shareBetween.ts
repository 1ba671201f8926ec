import type { Sample } from './sample.ts';

/** Of the variance of numbers, the part that lies between the words beside them. */
export function shareBetween(sample: Sample, words: number, value: number): number {
  const groups = grouped(sample, words, value);
  const all = [...groups.values()].flat();
  const squares = (of: readonly number[]): number => {
    const mean = of.reduce((sum, one) => sum + one, 0) / of.length;
    return of.reduce((sum, one) => sum + (one - mean) ** 2, 0);
  };
  const within = [...groups.values()].reduce((sum, of) => sum + squares(of), 0);
  return 1 - within / squares(all);
}

/**
 * How much less numbers move from one row to the next of the same word than from row to row: near 0 where each word has a
 * series of its own that goes on, 1 and more where all rows are one series.
 */
export function movesWithin(sample: Sample, words: number, value: number): number {
  const moves = (of: readonly number[]): number =>
    of.slice(1).reduce((sum, one, at) => sum + Math.abs(one - of[at]!), 0) / Math.max(1, of.length - 1);
  const groups = [...grouped(sample, words, value).values()].filter(({ length }) => length > 1);
  const all = sample.rows.flatMap((_, row) => finite(sample.number(row, value)));
  const steps = groups.reduce((sum, { length }) => sum + length - 1, 0);
  const within = groups.reduce((sum, of) => sum + moves(of) * (of.length - 1), 0) / Math.max(1, steps);
  return within / moves(all);
}

function grouped(sample: Sample, words: number, value: number): Map<string, number[]> {
  const groups = new Map<string, number[]>();
  for (const [at, row] of sample.rows.entries()) {
    const number = sample.number(at, value);
    if (Number.isNaN(number)) continue;
    const group = groups.get(row[words]!) ?? [];
    group.push(number);
    groups.set(row[words]!, group);
  }
  return groups;
}

function finite(number: number): number[] {
  return Number.isNaN(number) ? [] : [number];
}
