import { Refusal } from '../../refusal.ts';
import type { DataLayout } from '../dataForm.ts';
import type { DataOptions } from '../dataOptions.ts';
import { isMostlyUnique, isUnique, numbersEachRow, repeats } from './caseValues.ts';
import { continuousQuestion } from './continuous.ts';
import { countsInOthers } from './countsWithin.ts';
import { areSeriesRows, askFewRows } from './fewSteps.ts';
import { flatColumns } from './flatColumns.ts';
import { askInterleaved, sideBySide } from './interleaved.ts';
import { looksWide } from './looksWide.ts';
import { namedFor, namesFlag } from './nameWords.ts';
import { hasNumberedSteps } from './numberedRows.ts';
import { onlyCase } from './onlyCase.ts';
import { arePartsOfTime } from './partsOfTime.ts';
import type { Planning } from './planning.ts';
import { findRecordings, type Recordings } from './recordings.ts';
import { numberingWays, recordingsQuestion } from './recordingsQuestion.ts';
import { askRest } from './restBetween.ts';
import type { Sample } from './sample.ts';
import { askShortCases } from './shortCases.ts';
import { askSplits } from './splits.ts';
import { isTransposed } from './transposed.ts';

/** How instances lie in a table. */
export interface Layout {
  readonly layout: Exclude<DataLayout, 'array'>;
  readonly case: readonly number[];
  /** Rows that are instances of several features: the columns of each, in the order of steps. */
  readonly flat?: readonly { readonly name: string; readonly columns: readonly number[] }[];
}

interface Columns {
  /** The case columns the options name; null: there are none. */
  readonly givenCase: readonly number[] | null | undefined;
  readonly givenLabel: number | null | undefined;
  readonly time: number | null;
}

const mostClasses = 50;

/**
 * Rows are steps of one instance (single), steps of many (long: case columns repeat), or instances (wide).
 * @throws Refusal `layout-columns` when the layout asked for lacks its column; ReadingQuestion `several-recordings`
 */
export function inferLayout(planning: Planning, columns: Columns): Layout {
  const { sample, options, free } = planning;
  const { givenCase, time } = columns;
  const candidates =
    givenCase === undefined
      ? namedFor('case', sample.names).filter(
          (column) =>
            free.includes(column) &&
            sample.profiles[column]!.kind !== 'blank' &&
            !countsInOthers(sample, free, column),
        )
      : [];
  const repeating = candidates.filter((column) => repeats(sample, column));
  const anyCase = givenCase ?? [...repeating.slice(0, 1), ...candidates].slice(0, 1);
  const asked = askedLayout(planning, anyCase, givenCase != null);
  if (asked) return asked;
  if (givenCase) return { layout: 'long', case: givenCase };
  if (options.split !== undefined) return { layout: 'long', case: [] };
  const flat = flatColumns(planning, { time, cases: repeating[0] });
  if (flat) {
    return say(
      planning,
      { layout: 'wide', case: candidates.filter((column) => isUnique(sample, column)).slice(0, 1), flat },
      'each row is one window of several features, flattened (its columns are numbered per feature)',
    );
  }
  if (isTransposed(planning, repeating)) {
    return say(
      planning,
      { layout: 'transposed', case: repeating.slice(0, 1) },
      'each row is a feature, the columns are the steps',
    );
  }
  if (arePartsOfTime(planning, candidates)) return wide(planning, candidates, 'parts of a day or a year');
  const numbered = hasNumberedSteps(planning, candidates);
  // Beside numbered steps a date is that of the series.
  const why =
    repeating.length > 0 && !numbered ? undefined : looksWide(planning, candidates, numbered ? null : time);
  if (why !== undefined) return wide(planning, candidates, why);
  const long = givenCase === null ? undefined : severalRecordings(planning, repeating, candidates, time);
  if (long) return long;
  const beside = sideBySide(planning, time);
  if (beside !== undefined) {
    const how = `each time has a row for every value of column "${sample.names[beside]}", which names the instance`;
    return say(planning, { layout: 'long', case: [beside] }, how);
  }
  askInterleaved(planning, time);
  askSplits(planning, time);
  askFewRows(planning);
  if (areSeriesRows(planning, time)) return wide(planning, candidates, 'its numbers go on along each row');
  // Named features and times leave nothing to guess: no other column could tell instances apart.
  if (options.features !== undefined && time !== null) return { layout: 'single', case: [] };
  const only = onlyCase(planning, time);
  if (only !== undefined) return say(planning, { layout: 'long', case: [only] }, naming(sample, only));
  return say(planning, { layout: 'single', case: [] }, 'rows are the steps of one instance');
}

function askedLayout(
  { sample, options }: Planning,
  anyCase: readonly number[],
  isGiven: boolean,
): Layout | undefined {
  switch (options.layout) {
    case 'single':
      return { layout: 'single', case: [] };
    case 'wide':
    case 'flatFT':
    case 'flatTF':
      return {
        layout: 'wide',
        case: isGiven ? anyCase : anyCase.filter((column) => isMostlyUnique(sample, column)),
      };
    case 'transposed':
      return { layout: 'transposed', case: anyCase };
    case 'long':
      if (anyCase.length === 0) {
        throw new Refusal(
          'layout-columns',
          `${sample.fileName} is to be read as long, but no column names the instance; set "case" under "data" in attribution.json.`,
        );
      }
      return { layout: 'long', case: anyCase };
  }
  return undefined;
}

/** A column with a usual name that repeats, else columns whose values stay through runs of rows. */
function severalRecordings(
  planning: Planning,
  repeating: readonly number[],
  candidates: readonly number[],
  time: number | null,
): Layout | undefined {
  const { sample, options, free } = planning;
  const found = findRecordings(sample, options, [...free, ...(time === null ? [] : [time])], time);
  const named =
    repeating[0] ??
    (time === null ? undefined : candidates.find((column) => !numbersEachRow(sample, column)));
  const labels = namedFor('label', sample.names);
  const needsMore =
    found !== undefined &&
    named !== undefined &&
    found.columns.length > 1 &&
    joinsOthers(sample, found, named) &&
    !partsAll(sample, named, time) &&
    // A case that comes again with the same values in the others is told by none of them: it is refused by its name.
    !(found.recurs && sample.profiles[named]!.runs === found.lengths.length) &&
    // In windows a label may change on the way.
    !(
      options.window !== undefined &&
      found.columns.every((column) => column === named || labels.includes(column))
    );
  if (named !== undefined && !needsMore) {
    askShortCases(planning, named);
    askRest(planning, named);
    return say(planning, { layout: 'long', case: [named] }, naming(sample, named));
  }
  if (!found) return undefined;
  const onlyLabels = found.columns.every((column) => labels.includes(column));
  // A label that changes on the way is said where it changes; it names no recording.
  if (onlyLabels && !found.confirmed) {
    const isOpen = options.label === undefined && options.window === undefined;
    const label = labels.find((column) => found.columns.includes(column))!;
    if (isOpen && isChangingLabel(sample, options, label)) {
      const name = sample.names[label]!;
      throw continuousQuestion(
        ...([sample.fileName, name, options.input, `column ${name} changes on the way`] as const),
        ...([undefined, [], numberingWays(sample, found.columns)] as const),
      );
    }
    return undefined;
  }
  // Windows are cut from what may be one recording with a label per row.
  if (options.window !== undefined && !found.confirmed) return undefined;
  if (!found.confirmed || goesOn(sample, found, time)) throw recordingsQuestion(planning, found);
  const columns = found.columns.map((column) => `"${sample.names[column]}"`);
  const how =
    columns.length === 1
      ? `column ${columns[0]} names the instance`
      : `columns ${columns.join(' and ')} together name the instance`;
  return say(planning, { layout: 'long', case: found.columns }, `rows are steps, ${how}`);
}

/** Nothing has a name, and the clock goes on evenly over the borders: the numbers may be a label per row. */
function goesOn({ named, profiles }: Sample, { columns }: Recordings, time: number | null): boolean {
  const isNumber = columns.length === 1 && profiles[columns[0]!]!.kind === 'numeric';
  return !named && isNumber && time !== null && profiles[time]!.even && profiles[time]!.back === 0;
}

/** Under the named column alone, rows of other recordings would be joined. */
function joinsOthers(sample: Sample, { columns, lengths }: Recordings, named: number): boolean {
  return (
    columns.includes(named) && new Set(sample.rows.map((row) => row[named]?.trim())).size < lengths.length
  );
}

/** The time of each recording begins anew where the named column changes, and goes forward until there: it is enough. */
function partsAll(sample: Sample, named: number, time: number | null): boolean {
  if (time === null || !sample.forwardWithin([named], time)) return false;
  const starts = sample.rows.flatMap((row, at) =>
    at > 0 && row[named]?.trim() !== sample.rows[at - 1]![named]?.trim() ? [at] : [],
  );
  return starts.length > 0 && starts.every((at) => sample.number(at, time) < sample.number(at - 1, time));
}

/** Text, or whole numbers, of few kinds that come again. */
function isChangingLabel({ names, profiles }: Sample, { input }: DataOptions, column: number): boolean {
  const { kind, whole, distinct } = profiles[column]!;
  const most = namesFlag(names[column]!) ? 2 : mostClasses;
  const numbers = profiles.filter((one) => one.kind === 'numeric').length;
  return kind === 'text' || (whole && distinct <= most && numbers > (input?.features ?? 0));
}

function wide(planning: Planning, candidates: readonly number[], why: string): Layout {
  const { sample } = planning;
  const cases = candidates.filter((column) => isUnique(sample, column) && !sample.profiles[column]!.even);
  const layout = { layout: 'wide', case: cases.slice(0, 1) } as const;
  return say(planning, layout, `each row is one series of one feature (${why})`);
}

function naming({ names }: Sample, column: number): string {
  return `rows are steps, column "${names[column]}" names the instance`;
}

function say({ sample, findings }: Planning, layout: Layout, how: string): Layout {
  const sentence = `${sample.fileName} is read as "${layout.layout}": ${how}; set "layout" under "data" in attribution.json if it is not.`;
  findings.push({ code: 'layout-inferred', severity: 'info', sentence });
  return layout;
}
