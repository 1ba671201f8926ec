import type { StudyRow } from './studyCell.ts';
import { styleName } from './studyCell.ts';

/** Mean over the `n` seeds that have the figure; the 95 % interval is Student's, cut where no share can be, and absent where there is one seed. */
export interface OverSeeds {
  readonly mean: number;
  readonly interval?: readonly [number, number];
  readonly n: number;
}

/** Figures of one set, model and padding over all seeds; null where no seed has it. */
export interface StudyLine {
  readonly set: string;
  readonly model: string;
  readonly padding: string;
  readonly seeds: number;
  readonly accuracy: OverSeeds | null;
  readonly lengthCrossed: OverSeeds | null;
  readonly byLength: OverSeeds | null;
  readonly lengthEvidence: OverSeeds | null;
  readonly layout: OverSeeds | null;
  readonly look: OverSeeds | null;
  readonly why?: string;
  /** Series of the test and crossed files that stand in the training file, too: not judged. */
  readonly leftOut?: StudyRow['leftOut'];
  /** Of any seed. */
  readonly warnings?: readonly string[];
}

/** Rows of the same set, model and padding together, in the order in which they come first. */
export function overSeeds(rows: readonly StudyRow[]): StudyLine[] {
  const groups = new Map<string, StudyRow[]>();
  for (const row of rows) {
    const key = JSON.stringify([row.data, row.model, styleName(row)]);
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [...groups.values()].map((group) => {
    const [first] = group as [StudyRow];
    const of = (figure: (row: StudyRow) => number | null) => within01(meanOf(group.map(figure)));
    const warnings = new Set(group.flatMap(({ warnings = [] }) => warnings));
    const why = group.find((row) => row.why !== undefined)?.why;
    return {
      ...{ set: first.set, model: first.model, padding: styleName(first), seeds: group.length },
      accuracy: of(({ accuracy }) => accuracy.value),
      lengthCrossed: of(({ lengthCrossed }) => lengthCrossed?.value ?? null),
      byLength: of(({ byLength }) => byLength),
      lengthEvidence: meanOf(group.map(({ lengthEvidence }) => lengthEvidence?.value ?? null)),
      layout: of(({ layout }) => layout),
      look: of(({ look }) => look),
      ...(why !== undefined && { why }),
      ...(first.leftOut && { leftOut: first.leftOut }),
      ...(warnings.size > 0 && { warnings: [...warnings] }),
    };
  });
}

function within01(one: OverSeeds | null): OverSeeds | null {
  if (!one?.interval) return one;
  const [low, high] = one.interval;
  return { ...one, interval: [Math.max(0, low), Math.min(1, high)] };
}

/** 97.5 % quantiles of Student's t for 1 to 9 degrees of freedom. */
const T = [12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262];
/** Of the normal distribution. */
const Z = 1.959964;

/** For more degrees of freedom: expanded around the normal quantile (Abramowitz & Stegun 1964, 26.7.5), right to .0005. */
export function studentQuantile(freedom: number): number {
  const first = (Z ** 3 + Z) / 4;
  const second = (5 * Z ** 5 + 16 * Z ** 3 + 3 * Z) / 96;
  const third = (3 * Z ** 7 + 19 * Z ** 5 + 17 * Z ** 3 - 15 * Z) / 384;
  return T[freedom - 1] ?? Z + first / freedom + second / freedom ** 2 + third / freedom ** 3;
}

function meanOf(values: readonly (number | null)[]): OverSeeds | null {
  const known = values.filter((value) => value !== null);
  const n = known.length;
  if (n === 0) return null;
  const mean = known.reduce((a, b) => a + b, 0) / n;
  if (n === 1) return { mean, n };
  const variance = known.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1);
  const half = studentQuantile(n - 1) * Math.sqrt(variance / n);
  return { mean, interval: [mean - half, mean + half], n };
}
