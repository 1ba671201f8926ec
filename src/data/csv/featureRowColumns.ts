import { changesOnlyAt } from './borders.ts';
import { mostClassesByLook } from './classNumbers.ts';
import { namedFor } from './nameWords.ts';
import type { Planning } from './planning.ts';
import { isOnceInEach, namesSensors } from './rowsPerSensor.ts';
import type { Sample } from './sample.ts';
import { numberedColumns } from './stepNames.ts';

/** Of rows that are features. */
export interface FeatureRowColumns {
  /** Names the features: words, or whole numbers of which each case has every one. */
  readonly names: number | null;
  /** Tells the instances apart where no usual name says so. */
  readonly case: readonly number[];
  /** The same in the rows of each instance. */
  readonly label: number | null;
  /** Neither these nor steps. */
  readonly beside: readonly number[];
}

/**
 * What stands beside the steps of rows that are features.
 * @param cases the columns that name the instance, by their name or as said
 */
export function featureRowColumns(planning: Planning, cases: readonly number[]): FeatureRowColumns {
  const { sample, options, used } = planning;
  const taken = new Set([...used, ...cases]);
  const free = (column: number): boolean => !taken.has(column) && sample.profiles[column]!.kind !== 'blank';
  const labels = options.label === undefined ? namedFor('label', sample.names).filter(free) : [];
  const words = sample.profiles.flatMap(({ kind }, column) =>
    kind === 'text' && !taken.has(column) ? [column] : [],
  );
  const steps = numberedColumns(sample.names, sample.numeric(taken));
  const others = sample.named && steps ? steps.others : [];
  const [only] = cases.length === 1 ? cases : [];
  const names =
    words.find((column) => !labels.includes(column)) ??
    others.find(
      (column) =>
        !labels.includes(column) &&
        sample.profiles[column]!.whole &&
        (only === undefined ? namesSensors(sample, column) : isOnceInEach(sample.rows, only, column)),
    ) ??
    null;
  const starts = instancesOf(sample, cases, names);
  const label = labels.find(
    (column) => isClass(sample, column) && changesOnlyAt(sample, column, starts) && column !== names,
  );
  const rest = others.filter((column) => column !== names && column !== label);
  const tells = (column: number): boolean =>
    sample.profiles[column]!.whole &&
    sample.profiles[column]!.distinct === starts.size &&
    changesOnlyAt(sample, column, starts);
  const found = cases.length === 0 && starts.size > 1 ? rest.filter(tells).slice(0, 1) : [];
  const beside = rest.filter((column) => !found.includes(column) && changesOnlyAt(sample, column, starts));
  const other = words.find((column) => column !== label) ?? null;
  return { names: names ?? other, case: found, label: label ?? null, beside };
}

/** First rows: another case, or a name of a feature that comes again. */
function instancesOf(sample: Sample, cases: readonly number[], names: number | null): ReadonlySet<number> {
  const seen = new Set<string>();
  const cell = (row: number, column: number): string => (sample.rows[row]![column] ?? '').trim();
  const starts = sample.rows.flatMap((_, row) => {
    const name = names === null ? '' : cell(row, names);
    const isOther = row === 0 || cases.some((column) => cell(row, column) !== cell(row - 1, column));
    const begins = isOther || (names !== null && seen.has(name));
    if (begins) seen.clear();
    seen.add(name);
    return begins ? [row] : [];
  });
  return new Set(starts);
}

function isClass({ profiles }: Sample, column: number): boolean {
  const { kind, whole, distinct } = profiles[column]!;
  return (kind === 'text' || whole) && distinct <= mostClassesByLook;
}
