import type { Finding } from '../../finding.ts';
import { Refusal } from '../../refusal.ts';
import { listed } from '../count.ts';
import type { DataOptions } from '../dataOptions.ts';
import type { Sample } from './sample.ts';

export interface NamedColumn {
  readonly column: number;
  readonly name: string;
}

/**
 * The feature columns in file order: those the options name, else every numeric column without another role.
 * What is left aside is named in a finding.
 * @throws Refusal `missing-features`, `feature-count`, `no-features`
 */
export function featureColumns(
  sample: Sample,
  { features: wanted }: DataOptions,
  used: ReadonlySet<number>,
  findings: Finding[],
): NamedColumn[] {
  const inferred = inferredColumns(sample, used);
  if (wanted && !sample.named) {
    return renamed(sample, inferred, wanted);
  }
  const chosen = wanted ? columnsByName(sample, wanted) : inferred;
  const isChosen = new Set(chosen);
  const left = sample.names.filter(
    (_, column) => !used.has(column) && !isChosen.has(column) && !isNameless(sample, column),
  );
  if (left.length > 0) {
    const why = wanted ? 'not listed under "features"' : 'no numbers in them';
    findings.push({
      code: 'columns-ignored',
      severity: 'info',
      sentence: `${sample.fileName}: ${left.length === 1 ? 'column' : 'columns'} ${listed(left)} left aside (${why}).`,
    });
  }
  if (chosen.length === 0) {
    throw new Refusal(
      'no-features',
      `${sample.fileName} has no column of numbers that could be a feature (its columns: ${listed(sample.names)}).`,
    );
  }
  return chosen.map((column) => ({ column, name: sample.names[column]! }));
}

function inferredColumns(sample: Sample, used: ReadonlySet<number>): number[] {
  return sample.profiles.flatMap(({ kind }, column) =>
    kind !== 'numeric' || used.has(column) || isNameless(sample, column) ? [] : [column],
  );
}

/** A row index as pandas writes it (first column, no name), or the blank column behind a delimiter at the end of lines. */
function isNameless(sample: Sample, column: number): boolean {
  const { kind, counts, filled } = sample.profiles[column]!;
  const nameless = sample.named && sample.names[column] === `column ${column + 1}`;
  return nameless && (kind === 'blank' || (column === 0 && counts && filled > 1));
}

function columnsByName(sample: Sample, wanted: readonly string[]): number[] {
  const there = new Map(sample.names.map((name, column) => [name, column]));
  const missing = wanted.filter((name) => !there.has(name));
  if (missing.length > 0) {
    const isWanted = new Set(wanted);
    const extra = sample.names.filter((name) => !isWanted.has(name));
    const others = extra.length > 0 ? `; columns it has besides: ${listed(extra, 12)}` : '';
    throw new Refusal(
      'missing-features',
      `${sample.fileName} lacks the feature ${missing.length === 1 ? 'column' : 'columns'} ${listed(missing, 12)}${others}.`,
    );
  }
  return wanted.map((name) => there.get(name)!).sort((a, b) => a - b);
}

function renamed(sample: Sample, columns: readonly number[], names: readonly string[]): NamedColumn[] {
  if (columns.length !== names.length) {
    throw new Refusal(
      'feature-count',
      `${sample.fileName} has no column names and ${columns.length} feature columns, but attribution.json lists ${names.length} features.`,
    );
  }
  return columns.map((column, index) => ({ column, name: names[index]! }));
}
