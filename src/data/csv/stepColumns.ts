import { listed } from '../../format.ts';
import { Refusal } from '../../refusal.ts';
import { ReadingQuestion } from '../reading/readingQuestion.ts';
import { askBesideWords, numberedSteps, withoutWholeEnds } from './besideSteps.ts';
import { classesAtEnds, reachesOut, standsApart } from './classAtEnd.ts';
import { countClasses, fewWholeNumbers } from './classNumbers.ts';
import { countedPrefix } from './countedNames.ts';
import type { NamedColumn } from './featureColumns.ts';
import { labelInferred } from './labelColumn.ts';
import type { Layout } from './layout.ts';
import { namesNoClass } from './nameWords.ts';
import type { Planning } from './planning.ts';
import type { Sample } from './sample.ts';
import { numberedColumns } from './stepNames.ts';
import { inOrder } from './stepOrder.ts';
import { isCounter } from './timeColumn.ts';

const mostOneHot = 60;

interface Steps {
  readonly features: NamedColumn[];
  /** Feature after feature. */
  readonly steps: readonly number[];
  readonly label: number | null;
}

/**
 * The step columns of a file whose rows are instances, and the names of their features.
 * @throws Refusal `wide-features`, `no-features`; ReadingQuestion `label-column`, `too-wide`
 */
export function planSteps(planning: Planning, { flat }: Layout, label: number | null): Steps {
  const { sample, options, used, findings } = planning;
  if (flat) {
    const features = flat.map(({ name }) => ({ column: -1, name }));
    const steps = flat.flatMap(({ columns }) => columns);
    return { features, steps, label: label ?? labelBeside(planning, steps) };
  }
  const { features: names, layout } = options;
  const isFlat = layout === 'flatFT' || layout === 'flatTF';
  if (names && names.length !== 1 && !isFlat) {
    throw new Refusal(
      'wide-features',
      `${sample.fileName} is read as "wide", which holds one feature, but attribution.json lists ${names.length} features; set "layout" to "long" or "single".`,
    );
  }
  const numbers: number[] = [];
  const left: string[] = [];
  for (const [column, { kind }] of sample.profiles.entries()) {
    // Blank ones are kept: the first rows may just be short.
    if (used.has(column)) continue;
    if (kind === 'text') left.push(sample.names[column]!);
    else numbers.push(column);
  }
  if (left.length > 0) {
    findings.push({
      code: 'columns-ignored',
      severity: 'info',
      sentence: `${sample.fileName}: ${left.length === 1 ? 'column' : 'columns'} ${listed(left)} left aside (no ${left.length === 1 ? 'column' : 'columns'} of numbers).`,
    });
  }
  const numbered = isFlat || !sample.named ? undefined : numberedColumns(sample.names, numbers);
  if (numbered && (numbered.others.length > 0 || label !== null || options.label === null))
    return one(names, numberedSteps(planning, numbered, label));
  const trailingBlank = numbers.findLastIndex((column) => sample.profiles[column]!.kind !== 'blank') + 1;
  const filled = numbers.slice(0, trailingBlank);
  const fits = (length: number): boolean => !isFlat || isWindow(length, filled.length, options);
  const framed = sample.named ? undefined : withoutWholeEnds(planning, filled, label, fits);
  if (framed) return isFlat ? flattened(planning, [...framed.steps], framed.label) : one(names, framed);
  if (label !== null && !isFlat) askBesideWords(planning, filled, label);
  const { steps, label: found } =
    label === null
      ? labelAtAnEnd(
          planning,
          numbers.slice(0, sample.named ? undefined : trailingBlank || undefined),
          isFlat,
          numbers.length,
        )
      : { steps: numbers, label };
  if (steps.length === 0) {
    throw new Refusal('no-features', `${sample.fileName} has no columns of numbers that could be steps.`);
  }
  if (isFlat) return flattened(planning, steps, found);
  const counted = sample.named ? numberedColumns(sample.names, steps) : undefined;
  return one(names, {
    steps: counted?.others.length === 0 ? inOrder(planning, counted) : withoutIds(planning, steps),
    label: found,
  });
}

/** Whether windows of several features have so many numbers: as the model takes them, or whole steps where all columns are none. */
function isWindow(length: number, all: number, { input, features }: Planning['options']): boolean {
  const count = features?.length ?? input?.features ?? 1;
  if (count === 1 || length === all) return false;
  return input?.steps != null ? length === input.steps * count : all % count !== 0 && length % count === 0;
}

function one(names: readonly string[] | undefined, found: Pick<Steps, 'steps' | 'label'>): Steps {
  return { features: [{ column: -1, name: names?.[0] ?? 'value' }], ...found };
}

/** The one column of few whole numbers that is no step of the windows. */
function labelBeside({ sample, options, used, findings }: Planning, steps: readonly number[]): number | null {
  if (options.label === null) return null;
  const left = sample
    .numeric(used)
    .filter(
      (column) =>
        !steps.includes(column) &&
        !isCounter(sample, column) &&
        fewWholeNumbers(sample, column) &&
        !namesNoClass(sample.names[column]!),
    );
  if (left.length !== 1) return null;
  findings.push(labelInferred(sample, left[0]!));
  return left[0]!;
}

/** A first or last column of few whole numbers beside real-valued ones, or one that makes the width that of the model. */
function labelAtAnEnd(
  planning: Planning,
  columns: number[],
  isFlat: boolean,
  width: number,
): { steps: number[]; label: number | null } {
  const { sample, options } = planning;
  const { input } = options;
  const want = input?.steps == null ? undefined : input.steps * (isFlat ? input.features : 1);
  if (options.label === null || columns.length < 3) return { steps: columns, label: null };
  const [first, last] = [columns[0]!, columns.at(-1)!];
  if (columns.length === want) {
    const among = isFlat ? undefined : classAmongSteps(sample, columns);
    if (among === undefined) return { steps: columns, label: null };
    // Blank in every row: the longest series is shorter than the model's input.
    if (width === want + 1 && among === first) return taken(planning, columns, among);
    throw labelQuestion(planning, columns, [among], want);
  }
  if (want !== undefined) refuseOneHot(sample, columns, want);
  const inner = columns.slice(1, -1);
  const innerWhole = inner.filter((column) => sample.profiles[column]!.whole).length > inner.length / 2;
  const kinds = inner.map((column) => sample.profiles[column]!.distinct).toSorted((a, b) => a - b)[
    inner.length >> 1
  ]!;
  const distinctive = (column: number): boolean =>
    (fewWholeNumbers(sample, column) || countClasses(sample, column)) &&
    !(sample.profiles[column]!.distinct === 1 && sample.rows.length > 1) &&
    (!innerWhole ||
      sample.profiles[column]!.distinct * 2 <= kinds ||
      sample.rows.length === 1 ||
      standsApart(sample, column, inner));
  const counted = sample.named && numberedColumns(sample.names, columns)?.others.length === 0;
  const isWidth = want !== undefined && columns.length === want + 1;
  if (isWidth) {
    const counting = [first, last].filter((column) => countClasses(sample, column));
    if (counting.length === 1) return taken(planning, columns, counting[0]!);
  }
  if (counted && !isWidth) {
    const alike = isFlat ? [] : classesAtEnds(sample, columns);
    if (alike.length === 0) return { steps: columns, label: null };
    throw labelQuestion(planning, columns, alike, want);
  }
  const candidates = counted || (sample.named && want === undefined) ? [] : [first, last].filter(distinctive);
  if (
    want !== undefined &&
    columns.length !== want + 1 &&
    columns.length !== want + 2 &&
    candidates.length > 0 &&
    columns.length < want
  ) {
    // Shorter than the model: neither way is shown by the width.
    if (candidates.length === 1 && !innerWhole) return taken(planning, columns, candidates[0]!);
  }
  if (candidates.length === 1 && (isWidth || (want === undefined && !innerWhole)))
    return taken(planning, columns, candidates[0]!);
  // Counts and states are as few whole numbers as classes: without names or a width nothing tells them apart.
  const isShort = want !== undefined && columns.length < want;
  const alike =
    candidates.length === 0 && !sample.named && (want === undefined || isShort) && innerWhole
      ? [first, last].filter(
          (column) => countClasses(sample, column) && (!isShort || reachesOut(sample, column, inner)),
        )
      : [];
  if (alike.length > 0) throw labelQuestion(planning, columns, alike, want);
  if (candidates.length === 0 && !isWidth) return { steps: columns, label: null };
  if (candidates.length === 0 && columns.some((column) => isCounter(sample, column)))
    return { steps: columns, label: null };
  const suspects = candidates.length > 0 ? candidates : [first, last];
  throw labelQuestion(planning, columns, suspects, want);
}

/** As many columns as steps, but the first or last of them holds classes beside real-valued ones. */
function classAmongSteps(sample: Sample, columns: readonly number[]): number | undefined {
  const inner = columns.slice(1, -1).filter((column) => sample.profiles[column]!.whole).length;
  if (inner * 4 > columns.length) return undefined;
  return [columns[0]!, columns.at(-1)!].find(
    (column) => sample.profiles[column]!.filled === sample.rows.length && countClasses(sample, column),
  );
}

function labelQuestion(
  { sample, options }: Planning,
  columns: readonly number[],
  suspects: readonly number[],
  want: number | undefined,
): ReadingQuestion {
  const [first] = columns;
  // An answer takes no other one back.
  const layout = options.layout ?? 'wide';
  const count = layout === 'wide' ? 1 : (options.features?.length ?? options.input?.features ?? 1);
  return new ReadingQuestion({
    id: 'label-column',
    sentence: `${sample.fileName} has ${columns.length} columns of numbers in a row${want === undefined ? '' : ` and the model takes ${want} steps`}: ${suspects.length > 1 ? 'the first or the last column' : suspects[0] === first ? 'the first column' : 'the last column'} could be the label`,
    ways: [
      ...suspects.map((column) => ({
        label: `the ${column === first ? 'first' : 'last'} column is the label`,
        gives: `${sample.rows.length} × ${(columns.length - 1) / count} steps`,
        patch: { data: { label: sample.names[column]!, layout } },
      })),
      ...(columns.length % count === 0
        ? [{ label: 'there is no label', patch: { data: { label: null, layout } } }]
        : []),
    ],
  });
}

/** Columns of 0 and 1, a single 1 in each row, behind or before as many numbers as the model has steps. @throws Refusal `one-hot` */
function refuseOneHot(sample: Sample, columns: readonly number[], want: number): void {
  const more = columns.length - want;
  if (more < 2 || more > mostOneHot) return;
  const ends = [columns.slice(want), columns.slice(0, more)];
  const found = ends.find((some) =>
    sample.rows.every((_, row) => {
      const cells = some.map((column) => sample.number(row, column));
      return (
        cells.every((cell) => cell === 0 || cell === 1) && cells.filter((cell) => cell === 1).length === 1
      );
    }),
  );
  if (!found) return;
  throw new Refusal(
    'one-hot',
    `${sample.fileName} has ${columns.length} columns of numbers in a row and the model takes ${want}: the ${found[0] === columns[0] ? 'first' : 'last'} ${more} are 0 or 1 with a single 1 in each row, as a one-hot label is; write it as one column of class names or numbers (in NumPy y.argmax(1)).`,
  );
}

function taken(
  { sample, findings }: Planning,
  columns: readonly number[],
  label: number,
): { steps: number[]; label: number } {
  findings.push(labelInferred(sample, label));
  return { steps: columns.filter((column) => column !== label), label };
}

/** Columns beyond the model's steps that number the rows, or stand before the numbered ones, are left aside. */
function withoutIds(planning: Planning, steps: readonly number[]): readonly number[] {
  const { sample, options } = planning;
  const want = options.input?.steps;
  if (want == null || steps.length <= want) return steps;
  const excess = steps.length - want;
  const counters = steps
    .slice(0, excess)
    .filter(
      (column) =>
        isCounter(sample, column) ||
        (sample.profiles[column]!.even &&
          sample.profiles[column]!.whole &&
          sample.profiles[column]!.back === 0),
    );
  const rest = steps.filter((column) => !counters.includes(column));
  const numbered =
    sample.named &&
    countedPrefix(steps.slice(excess).map((column) => sample.names[column]!)) !== undefined &&
    countedPrefix(steps.map((column) => sample.names[column]!)) === undefined;
  if (rest.length === want || numbered) {
    const aside = rest.length === want ? counters : steps.slice(0, excess);
    planning.leave(aside, 'it stands before the steps and numbers the rows');
    return steps.filter((column) => !aside.includes(column));
  }
  return steps;
}

function flattened({ sample, options }: Planning, steps: number[], label: number | null): Steps {
  const count = options.features?.length ?? options.input?.features ?? 1;
  if (steps.length % count !== 0) {
    throw new Refusal(
      'flat-width',
      `${sample.fileName} has ${steps.length} columns of numbers in a row, which is no multiple of ${count} features; name the label and what else is no step under "data".`,
    );
  }
  const length = steps.length / count;
  const order = Array.from({ length: steps.length }, (_, at) => {
    const [feature, step] = [Math.floor(at / length), at % length];
    return steps[options.layout === 'flatFT' ? at : step * count + feature]!;
  });
  const names = options.features ?? Array.from({ length: count }, (_, feature) => `f${feature}`);
  return { features: names.map((name) => ({ column: -1, name })), steps: order, label };
}
