import type { Contrast } from './crossedEffect.ts';
import { positionsBy } from './positionsBy.ts';

/** Every class of frames and every class of contents counts the same; the placebo asks same-class cells only. */
export function classContrasts(labels: readonly number[]): {
  readonly all: Contrast;
  readonly same: Contrast;
  readonly smallest: number;
} {
  const groups = [...positionsBy(labels).entries()].sort(([a], [b]) => a - b);
  const group = labels.map((one) => groups.findIndex(([cls]) => cls === one));
  const classes = groups.length;
  const sizes = groups.map(([, members]) => members.length);
  const testable = sizes.filter((size) => size > 1).length;
  const shared = { frameGroup: group, contentGroup: group, strata: labels };
  const square = (cell: (row: number, column: number) => number) =>
    sizes.map((_, row) => sizes.map((__, column) => cell(row, column)));
  return {
    all: { ...shared, weights: square(() => 1 / classes ** 2) },
    same: { ...shared, weights: square((r, c) => (r === c && sizes[r]! > 1 ? 1 / testable : 0)) },
    smallest: Math.min(...sizes),
  };
}
