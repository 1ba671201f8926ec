import type { Explanation, Zone } from '../../attribution/explanation.ts';
import { Ranking } from '../../attribution/ranking.ts';
import { zoneAt } from '../../padding/zoneRuns.ts';

interface StrongCell {
  /** Absent where the map does not tell features apart. */
  readonly feature?: string;
  readonly step: number;
  /** 1-based line of the data file, 0 where there is none. */
  readonly line: number;
  readonly zone: Zone | null;
  readonly value: number;
}

/** The cells of largest magnitude, strongest first; zeros are none. */
export function strongestCells(explanation: Explanation, count: number): StrongCell[] {
  const { map, zones, instance } = explanation;
  return new Ranking(map.values).strongest(count).map((at) => {
    const [row, step] = [Math.floor(at / map.columns), at % map.columns];
    return {
      ...(map.rows > 1 && { feature: rowName(explanation, row) }),
      step,
      line: instance.lines[step] ?? 0,
      zone: zoneAt(zones, step),
      value: map.values[at]!,
    };
  });
}

/** Features by their share of |map| on real steps; none where the map does not tell them apart. */
export function strongestFeatures(
  explanation: Explanation,
  count: number,
): { readonly feature: string; readonly share: number }[] {
  const { map, padding } = explanation;
  if (map.rows === 1) return [];
  const sums = Array.from({ length: map.rows }, (_, row) => {
    let sum = 0;
    for (let step = 0; step < map.columns; step++) {
      const size = Math.abs(map.values[row * map.columns + step]!);
      if (padding.mask[step] === 1 && Number.isFinite(size)) sum += size;
    }
    return sum;
  });
  const total = sums.reduce((all, sum) => all + sum, 0);
  if (total === 0) return [];
  const order = [...sums.keys()].sort((a, b) => sums[b]! - sums[a]! || a - b);
  return order
    .slice(0, count)
    .map((row) => ({ feature: rowName(explanation, row), share: sums[row]! / total }));
}

function rowName({ map, signals }: Explanation, row: number): string {
  return map.rows === signals.features.length ? signals.features[row]! : `row ${row}`;
}
