import type { AuditedInstance } from '../../padding/audit.ts';

/**
 * Mean of the accuracies of each class in its shorter and its longer half of all series: where length leaks the class,
 * what it is worth shows less in it. Cells without series are left out; null where all have one length, as stretched ones.
 */
export function accuracyByLength(instances: readonly AuditedInstance[]): number | null {
  const lengths = instances.map(({ length }) => length).sort((a, b) => a - b);
  if (lengths[0] === lengths.at(-1)) return null;
  const median = lengths[Math.floor(lengths.length / 2)]!;
  // Where most have the shortest length, the halves part above it.
  const isShort = (length: number) => (median === lengths[0] ? length === median : length < median);
  const cells = new Map<string, { n: number; right: number }>();
  for (const { label, predicted, length } of instances) {
    if (label === null) return null;
    const key = `${label} ${isShort(length)}`;
    const cell = cells.get(key) ?? { n: 0, right: 0 };
    cells.set(key, { n: cell.n + 1, right: cell.right + (label === predicted ? 1 : 0) });
  }
  const rates = [...cells.values()].map(({ n, right }) => right / n);
  return rates.length === 0 ? null : rates.reduce((a, b) => a + b, 0) / rates.length;
}
