import type { Finding } from '../../finding.ts';
import { Refusal } from '../../refusal.ts';
import type { DataOptions } from '../dataOptions.ts';
import { namedFor } from './roles.ts';
import type { Sample } from './sample.ts';

export interface Layout {
  readonly layout: 'single' | 'long' | 'wide';
  readonly case: number | null;
  readonly findings: readonly Finding[];
}

interface Columns {
  /** The case column the options name; null: none. */
  readonly given: number | null | undefined;
  /** Columns with a usual name for it. */
  readonly candidates: readonly number[];
  readonly time: number | null;
  readonly used: ReadonlySet<number>;
}

/** Names that count steps, not features, when a number follows: t0, t1, … */
const stepPrefix = /^(|t|time|step|timestep|v|val|value|s|att|obs|x)[ _.-]?$/i;

/**
 * Rows are steps of one instance (single), steps of many (long: a case column repeats), or instances (wide).
 * @throws Refusal `layout-columns` when the layout asked for lacks its column
 */
export function inferLayout(sample: Sample, options: DataOptions, columns: Columns): Layout {
  const { given, candidates, time } = columns;
  const repeating = candidates.find((column) => repeats(sample, column));
  const anyCase = given ?? repeating ?? candidates[0] ?? null;
  switch (options.layout) {
    case 'single':
      return { layout: 'single', case: null, findings: [] };
    case 'wide':
      return { layout: 'wide', case: anyCase, findings: [] };
    case 'long':
      if (anyCase === null) {
        throw new Refusal(
          'layout-columns',
          `${sample.fileName} is to be read as long, but no column names the instance; set "case" under "data" in attribution.json.`,
        );
      }
      return { layout: 'long', case: anyCase, findings: [] };
  }
  if (typeof given === 'number') {
    return { layout: 'long', case: given, findings: [] };
  }
  const long = repeating ?? (time === null ? undefined : candidates[0]);
  if (long !== undefined) {
    return say(sample, 'long', long, `rows are steps, column "${sample.names[long]}" names the instance`);
  }
  const why = looksWide(sample, options, columns);
  if (why !== undefined) {
    return say(sample, 'wide', anyCase, `each row is one series of one feature (${why})`);
  }
  // Named features and times leave nothing to guess: no other column could tell instances apart.
  if (options.features !== undefined && time !== null) {
    return { layout: 'single', case: null, findings: [] };
  }
  return say(sample, 'single', null, 'rows are the steps of one instance');
}

function say(sample: Sample, layout: Layout['layout'], caseColumn: number | null, how: string): Layout {
  const sentence = `${sample.fileName} is read as "${layout}": ${how}; set "layout" under "data" in attribution.json if it is not.`;
  return { layout, case: caseColumn, findings: [{ code: 'layout-inferred', severity: 'info', sentence }] };
}

function repeats(sample: Sample, column: number): boolean {
  const { kind, whole, distinct, filled } = sample.profiles[column]!;
  return (kind === 'text' || whole) && distinct < filled;
}

/** Why the rows look like instances; undefined when they do not. */
function looksWide(
  sample: Sample,
  { input }: DataOptions,
  { time, used, candidates }: Columns,
): string | undefined {
  const numeric = sample.numeric(new Set([...used, ...candidates]));
  if (time !== null || numeric.length < 2 || (input !== undefined && input.features > 1)) {
    return undefined;
  }
  if (input?.features === 1) {
    return 'the model takes one feature';
  }
  const labels = namedFor('label', sample.names);
  const isLabel = new Set(labels);
  if (sample.named) {
    const prefix = countedPrefix(
      numeric.filter((column) => !isLabel.has(column)).map((column) => sample.names[column]!),
    );
    const labelVaries = labels.some((column) => !sample.constantWithin(null, column));
    const stepNames = prefix !== undefined && (stepPrefix.test(prefix) || labelVaries);
    return stepNames ? 'its columns are numbered like steps' : undefined;
  }
  const first = sample.profiles[0]!;
  const rest = sample.profiles.slice(1);
  const classes = first.kind === 'text' || (first.whole && !first.counts);
  const few = first.distinct * 2 <= first.filled && first.distinct > 1;
  return classes &&
    few &&
    rest.length >= 8 &&
    rest.every(({ kind }) => kind === 'numeric') &&
    rest.some(({ whole }) => !whole)
    ? 'its first column looks like class labels'
    : undefined;
}

/** The common prefix of names that go on counting, such as `t` of t0, t1, t2; undefined where there is none. */
function countedPrefix(names: readonly string[]): string | undefined {
  const parts = names.map((name) => /^(.*?)(\d+)$/.exec(name));
  const [first] = parts;
  if (!first || names.length < 3) {
    return undefined;
  }
  const start = Number(first[2]);
  const counted = parts.every(
    (part, index) => part !== null && part[1] === first[1] && Number(part[2]) === start + index,
  );
  return counted ? first[1] : undefined;
}
