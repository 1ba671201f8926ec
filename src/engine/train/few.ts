import { basename } from 'node:path';
import type { Finding } from '../../finding.ts';
import { listed } from '../../format.ts';
import type { TrainingSeries } from '../../training/series.ts';

/** Below these what a network learns, and what it is judged by, is chance: a repair is refused there. */
const FEW = 20;
const FEW_OF_A_CLASS = 5;

/** Said where a training rests on few series, or a class has none by which the epoch is chosen. */
export function restsOnFew(
  { train, held }: { readonly train: readonly TrainingSeries[]; readonly held: readonly TrainingSeries[] },
  classes: readonly string[],
  path: string,
): Finding[] {
  const count = (series: readonly TrainingSeries[], cls: number) =>
    series.filter(({ label }) => label === cls).length;
  const all = train.length + held.length;
  const there = classes
    .map((name, cls) => ({ name, n: count(train, cls) + count(held, cls), held: count(held, cls) }))
    .filter(({ n }) => n > 0);
  const rarest = there.toSorted((a, b) => a.n - b.n)[0]!;
  const found: Finding[] = [];
  if (all < FEW || rarest.n < FEW_OF_A_CLASS) {
    const sentence = `${basename(path)} has ${all} series, ${rarest.n} of class ${rarest.name}: below ${FEW}, or ${FEW_OF_A_CLASS} of a class, what a network learns is mostly chance.`;
    found.push({ code: 'few-series', severity: 'warning', sentence });
  }
  const unseen = there.filter((one) => one.held === 0).map(({ name }) => name);
  if (held.length > 0 && unseen.length > 0) {
    const sentence = `No series of ${listed(unseen, 12)} could be set aside for validation, so the epoch was chosen by the other classes.`;
    found.push({ code: 'few-series', severity: 'warning', sentence });
  }
  return found;
}
