import { count, listed } from '../../format.ts';
import { Refusal } from '../../refusal.ts';
import { almostNumbers } from './almostNumbers.ts';
import { askOddFeature } from './counterFeature.ts';
import { askLabelBesideSignals } from './labelBesideSignals.ts';
import type { Layout } from './layout.ts';
import { refuseMelted } from './melted.ts';
import { askMixedRows } from './mixedRows.ts';
import { countsOrGoesOn, isStatic, type NoSignal, numbersLabels, withoutOddColumns } from './noSignal.ts';
import type { Planning } from './planning.ts';
import type { Sample } from './sample.ts';
import { shorten } from './shorten.ts';
import { tooManyColumns } from './tooManyColumns.ts';

/** 0-based, with the name the header gives it. */
export interface NamedColumn {
  readonly column: number;
  readonly name: string;
}

interface Chosen {
  readonly features: NamedColumn[];
  readonly label: number | null;
}

/**
 * The feature columns in file order: those the options name, else every numeric column without another role. More than
 * the model takes are left aside where it is plain which they are. What is left aside is named in a finding.
 * @throws Refusal `missing-features`, `feature-count`, `no-features`; ReadingQuestion `too-many-columns`
 */
export function planFeatures(
  planning: Planning,
  layout: Layout,
  { label, time }: { readonly label: number | null; readonly time: number | null },
): Chosen {
  const { sample, options, used, findings } = planning;
  const wanted = options.features;
  const inferred = inferredColumns(sample, used);
  if (wanted && !sample.picks(wanted)) return { features: renamed(sample, inferred, wanted), label };
  if (!wanted) askMixedRows(planning, layout, time, inferred);
  const chosen = wanted
    ? columnsByName(sample, wanted)
    : fitToModel(planning, layout, { label, time }, inferred);
  const left = sample.names.filter(
    (_, column) => !used.has(column) && !chosen.includes(column) && !isNameless(sample, column),
  );
  refuseMelted(planning, layout, time, chosen);
  if (!wanted) {
    const texts =
      chosen.length > 0
        ? left.map((name) => sample.names.indexOf(name))
        : sample.profiles.flatMap(({ kind }, column) => (kind === 'text' ? [column] : []));
    const missing = (options.input?.features ?? 0) - chosen.length;
    findings.push(...almostNumbers(sample, texts, missing));
    if (missing > 0 && chosen.length > 0) refuseTexts(sample, texts, chosen, missing + chosen.length);
  }
  askOddFeature(planning, layout, chosen, time);
  if (layout.layout === 'single' && label === null) askLabelBesideSignals(sample, options, chosen);
  if (left.length > 0) {
    const why = wanted
      ? 'not listed under "features"'
      : left.length === 1
        ? 'no column of numbers'
        : 'no columns of numbers';
    findings.push({
      code: 'columns-ignored',
      severity: 'info',
      sentence: `${sample.fileName}: ${left.length === 1 ? 'column' : 'columns'} ${listed(left)} left aside (${why}).`,
    });
  }
  if (chosen.length === 0) {
    const almost = findings.find(({ code }) => code === 'almost-numbers');
    throw new Refusal(
      'no-features',
      `${sample.fileName} has no column of numbers that could be a feature (its columns: ${listed(sample.names)}).${almost ? ` ${almost.sentence.replace(`${sample.fileName}: c`, 'C')}` : ''}`,
    );
  }
  return { features: chosen.map((column) => ({ column, name: sample.names[column]! })), label };
}

/** Too few columns of numbers beside one of text: that may be the cause. @throws Refusal `feature-count` */
function refuseTexts(
  sample: Sample,
  texts: readonly number[],
  chosen: readonly number[],
  wanted: number,
): void {
  const text = texts.find((column) => sample.profiles[column]!.kind === 'text');
  if (text === undefined) return;
  const cell = sample.rows.map((row) => row[text]?.trim() ?? '').find((one) => one !== '') ?? '';
  const names = listed(
    chosen.map((column) => sample.names[column]!),
    12,
  );
  throw sample.refusal(
    'feature-count',
    `The model takes ${count(wanted, 'feature')}, the data has ${chosen.length} (${names}); column ${sample.names[text]} holds text ("${shorten(cell)}"). List the model's features under "data" in attribution.json, or write numbers there.`,
    text,
  );
}

/** Columns beyond the model's features: row counters, columns that are mostly blank or never change beside others go; the rest is asked. */
function fitToModel(
  planning: Planning,
  layout: Layout,
  { label, time }: { readonly label: number | null; readonly time: number | null },
  columns: number[],
): number[] {
  const { sample, options } = planning;
  const wanted = options.input?.features;
  if (wanted === undefined) return withoutOddColumns(planning, { layout, label, time }, columns);
  if (columns.length <= wanted) return columns;
  const plain: readonly [string, (column: number) => boolean, NoSignal?][] = [
    ['they count rows', (column) => countsOrGoesOn(sample, layout, column), 'count'],
    ['it numbers the labels', (column) => label !== null && numbersLabels(sample, label, column), 'code'],
    [
      'mostly blank',
      (column) =>
        sample.profiles[column]!.filled * 2 < sample.rows.length && !sample.headsEach(layout.case, column),
    ],
    [
      'one number throughout, of a file without names',
      (column) => !sample.named && sample.profiles[column]!.distinct === 1 && sample.rows.length > 8,
    ],
  ];
  let left = columns;
  for (const [why, isSpare, odd] of plain) {
    const spare = left.filter(isSpare);
    if (left.length - spare.length >= wanted && spare.length > 0) {
      if (odd) planning.leaveOdd(spare, odd, why);
      else planning.leave(spare, why);
      left = left.filter((column) => !spare.includes(column));
    }
    if (left.length === wanted) return left;
  }
  const still = label === null ? [] : left.filter((column) => isStatic(sample, layout, column));
  // A sampling rate: where the label is known, one number throughout is none.
  const same = label === null ? [] : left.filter((column) => isOneNumber(sample, column));
  for (const odd of [still, same, [...still, ...same]]) {
    if (odd.length === 0 || left.length - odd.length !== wanted) continue;
    planning.leaveOdd(odd, 'static', 'one number through each instance');
    return left.filter((column) => !odd.includes(column));
  }
  const isSaid = options.layout !== undefined;
  throw tooManyColumns(sample, { layout, label }, left, { input: options.input!, isSaid });
}

function isOneNumber({ named, profiles, rows }: Sample, column: number): boolean {
  return (
    named && profiles[column]!.distinct === 1 && profiles[column]!.filled === rows.length && rows.length > 8
  );
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
  const missing = wanted.filter((name) => !sample.names.includes(name));
  if (missing.length > 0) {
    const extra = sample.names.filter((name) => !wanted.includes(name));
    const others = extra.length > 0 ? `; columns it has besides: ${listed(extra, 12)}` : '';
    throw new Refusal(
      'missing-features',
      `${sample.fileName} lacks the feature ${missing.length === 1 ? 'column' : 'columns'} ${listed(missing, 12)}${others}.`,
    );
  }
  return wanted.map((name) => sample.names.indexOf(name)).sort((a, b) => a - b);
}

function renamed(sample: Sample, columns: readonly number[], names: readonly string[]): NamedColumn[] {
  if (columns.length !== names.length) {
    throw new Refusal(
      'feature-count',
      `${sample.fileName} has no column names and ${count(columns.length, 'feature column')}, but attribution.json lists ${count(names.length, 'feature')}.`,
    );
  }
  return columns.map((column, index) => ({ column, name: names[index]! }));
}
