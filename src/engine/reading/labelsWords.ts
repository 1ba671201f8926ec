import type { Instance } from '../../data/dataset.ts';

const MOST_LABELS = 6;

/** `walk 12, run 10`; empty where no instance has a label. */
export function labelsWords(instances: readonly Instance[]): string {
  const measured = instances.flatMap((one) => (one.measured === undefined ? [] : [one.measured]));
  if (measured.length > 0) return `real numbers such as ${measured.slice(0, 3).join(', ')}`;
  const counts = new Map<string, number>();
  for (const { label } of instances) {
    if (label !== undefined) counts.set(label, (counts.get(label) ?? 0) + 1);
  }
  const shown = [...counts].slice(0, MOST_LABELS).map(([label, n]) => `${label} ${n}`);
  const more = counts.size > MOST_LABELS ? ` and ${counts.size - MOST_LABELS} more labels` : '';
  return shown.join(', ') + more;
}
