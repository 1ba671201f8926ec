import type { DataOptions } from '../../dataOptions.ts';
import { isWeakLabel } from '../nameWords.ts';
import { namesOne } from '../onlyCase.ts';
import { roleOf } from '../plan.ts';
import type { CsvContext, PlainRow, RowSink } from '../rowSink.ts';
import type { Sample } from '../sample.ts';
import type { CsvRow } from '../tokenizer.ts';
import { AsideWatch } from './asideWatch.ts';
import { CalendarWatch } from './calendarWatch.ts';
import { ConstantEndWatch } from './constantEndWatch.ts';
import { JoinWatch } from './joinWatch.ts';
import { LabelWatch } from './labelWatch.ts';
import { OddWatch } from './oddWatch.ts';
import { OneWordWatch } from './oneWordWatch.ts';
import { PointWatch } from './pointWatch.ts';
import { RunWatch } from './runWatch.ts';
import { StillWatch } from './stillWatch.ts';
import type { LateWatch } from './watch.ts';

/** Fewer steps in a row are none that a class is overlooked among. */
const FEWEST_STEPS = 3;

/** Rows that go on to `rows`, and are looked at for what contradicts the reading of the first ones. */
class WatchedRows implements RowSink {
  readonly texts: readonly number[];
  readonly #watches: readonly LateWatch[];

  constructor(
    private readonly rows: RowSink,
    watches: readonly LateWatch[],
  ) {
    this.#watches = watches;
    this.texts = watches.flatMap(({ columns }) => columns);
  }

  get wantsPoints(): boolean {
    return this.#watches.some((watch) => watch.wantsPoints);
  }

  get timeIsNumber(): boolean {
    return this.rows.timeIsNumber;
  }

  push(row: CsvRow): void {
    this.rows.push(row);
    const { cells, line } = row;
    const text = (column: number): string => (cells[column] ?? '').trim();
    for (const watch of this.#watches) watch.see({ line, text, cells });
  }

  pushPlain(row: PlainRow): void {
    this.rows.pushPlain(row);
    for (const watch of this.#watches) watch.see(row);
  }

  gap(): void {
    this.rows.gap?.();
  }

  finish(): ReturnType<RowSink['finish']> {
    for (const watch of this.#watches) watch.end();
    return this.rows.finish();
  }
}

/** `rows` where nothing that the first rows decided can be contradicted by later ones; else what looks at them, too. */
export function watched(rows: RowSink, context: CsvContext, sample: Sample, options: DataOptions): RowSink {
  const watches = watchesOf(context, sample, options);
  return watches.length === 0 ? rows : new WatchedRows(rows, watches);
}

function watchesOf(context: CsvContext, sample: Sample, options: DataOptions): LateWatch[] {
  const { plan, decimalComma, delimiter } = context;
  const { label } = plan;
  const watches: LateWatch[] = [];
  if (options.decimal === undefined && (decimalComma || delimiter === ';' || delimiter === '\t'))
    watches.push(new PointWatch(context));
  const byLook = options.label === undefined && label !== null && sample.profiles[label]?.whole;
  if (byLook && (!sample.named || isWeakLabel(sample.names[label]!) || isInferred(plan.findings)))
    watches.push(new LabelWatch(context, label));
  if (options.label === undefined && label === null && plan.layout === 'wide') {
    for (const column of constantEnds(plan.steps, sample))
      watches.push(new ConstantEndWatch(context, column));
  }
  const word = oneWord(plan.findings, sample);
  if (options.label === undefined && word >= 0) watches.push(new OneWordWatch(context, word));
  if (options.features === undefined && options.input?.features !== plan.features.length) {
    for (const [column, { kind }] of sample.profiles.entries()) {
      const isAside = kind !== 'numeric' && roleOf(plan, column) === 'aside';
      if (isAside && plan.steps.length === 0) watches.push(new AsideWatch(context, column));
    }
  }
  if (options.features === undefined) watches.push(...plan.odd.map((odd) => new OddWatch(context, odd)));
  watches.push(...ofOneValue(context, sample, options), ...still(context, sample, options));
  if (plan.calendar && plan.calendar.length > 0) watches.push(new CalendarWatch(context, plan.calendar));
  return watches;
}

/** Columns of one value throughout the first rows, of which others would make other instances. */
function ofOneValue(context: CsvContext, sample: Sample, options: DataOptions): LateWatch[] {
  const { plan } = context;
  const { case: cases, features, label, layout, window, input } = options;
  const isOpen = [cases, features, label, layout, window].every((option) => option === undefined);
  if (!isOpen || !sample.named || plan.steps.length > 0) return [];
  const isOne = (column: number): boolean => sample.profiles[column]!.distinct === 1;
  return sample.names.flatMap((_, column): LateWatch[] => {
    const role = roleOf(plan, column);
    if (role === 'aside' && plan.layout === 'long' && namesOne(sample, column))
      return [new JoinWatch(context, column)];
    const isFeature = role === 'feature' && plan.layout === 'single' && sample.profiles[column]!.whole;
    const isCase = role === 'case' && plan.case.length === 1;
    return isOne(column) && ((isFeature && input === undefined) || isCase)
      ? [new RunWatch(context, column, isCase ? 'case' : 'feature')]
      : [];
  });
}

/** Features of one number throughout the first rows, where nobody says that they are features. */
function still(
  context: CsvContext,
  { named, profiles }: Sample,
  { features, input }: DataOptions,
): LateWatch[] {
  const { plan } = context;
  if (!named || plan.layout !== 'long' || features !== undefined || input?.features === plan.features.length)
    return [];
  return plan.features.flatMap(({ column }) =>
    profiles[column]!.distinct === 1 ? [new StillWatch(context, column)] : [],
  );
}

/** First and last of the steps in a row, where they hold one whole number throughout the first rows and the others do not. */
function constantEnds(steps: readonly number[], { profiles }: Sample): number[] {
  if (steps.length < FEWEST_STEPS) return [];
  const isConstant = (column: number) => profiles[column]!.whole && profiles[column]!.distinct === 1;
  if (steps.every(isConstant)) return [];
  return [steps[0]!, steps.at(-1)!].filter(isConstant);
}

/** A text column that has one word throughout the first rows, and was said to be left aside; -1 where there is none. */
function oneWord(findings: CsvContext['plan']['findings'], { profiles }: Sample): number {
  const isSaid = findings.some(({ code }) => code === 'label-doubtful');
  return isSaid ? profiles.findIndex(({ kind, distinct }) => kind === 'text' && distinct === 1) : -1;
}

function isInferred(findings: CsvContext['plan']['findings']): boolean {
  return findings.some(({ code }) => code === 'label-inferred');
}
