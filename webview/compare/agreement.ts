import { spearman } from '../../src/evaluation/spearman.ts';
import { formatShare } from '../../src/format.ts';
import type { RunMap } from '../../src/runs/run.ts';

/** The strongest of a map: this share of its cells. */
const top = 0.1;

/** Whether two maps that fit find the same cells, over the steps that are real in both. */
export function agreement(a: RunMap, b: RunMap): string {
  const kept: number[] = [];
  for (let i = 0; i < a.values.length; i++) {
    const column = i % a.columns;
    if (a.mask[column] && b.mask[column]) kept.push(i);
  }
  const sizes = ({ values }: RunMap) => Float64Array.from(kept, (i) => Math.abs(values[i]!) || 0);
  const [left, right] = [sizes(a), sizes(b)];
  const rho = kept.length > 2 ? spearman(left, right) : null;
  const count = Math.max(1, Math.round(kept.length * top));
  const [ours, theirs] = [strongest(left, count), strongest(right, count)];
  const common = [...ours].filter((i) => theirs.has(i)).length / Math.max(1, ours.size);
  const ranks = rho === null || Number.isNaN(rho) ? 'not defined' : `ρ ${rho.toFixed(2).replace('-', '−')}`;
  return `${ranks}; ${formatShare(common)} of the strongest tenth of cells are the same`;
}

function strongest(sizes: Float64Array, count: number): Set<number> {
  const order = [...sizes.keys()].sort((i, j) => sizes[j]! - sizes[i]! || i - j);
  return new Set(order.slice(0, count).filter((i) => sizes[i]! > 0));
}
