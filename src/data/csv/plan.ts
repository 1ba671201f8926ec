import type { Finding } from '../../finding.ts';
import { Refusal } from '../../refusal.ts';
import type { DataOptions } from '../dataOptions.ts';
import type { ColumnRole } from '../reading/readingPlan.ts';
import { leaveCalendar } from './calendarColumns.ts';
import type { CalendarPart } from './calendarTime.ts';
import { numbersEachRow } from './caseValues.ts';
import { leaveSecondClocks } from './clocks.ts';
import { countOfRows } from './countsWithin.ts';
import type { Dates } from './dateForm.ts';
import { type NamedColumn, planFeatures } from './featureColumns.ts';
import { featureRowColumns } from './featureRowColumns.ts';
import { refuseIndexedCells } from './indexedCells.ts';
import { labelColumn, leaveUnlabelled } from './labelColumn.ts';
import { askWhose } from './labelDoubt.ts';
import { inferLayout, type Layout } from './layout.ts';
import { askLengthColumn, askMaskColumn } from './maskByName.ts';
import { refuseEvents } from './meltedByName.ts';
import { refuseMergedCells } from './mergedCells.ts';
import { isRowNumberName, namedFor, timeName } from './nameWords.ts';
import { askOneHot } from './oneHot.ts';
import { namesOne } from './onlyCase.ts';
import { askOtherRates } from './otherRates.ts';
import { type OddColumn, Planning } from './planning.ts';
import { askCycleOfSensors } from './rowsPerSensor.ts';
import type { Sample } from './sample.ts';
import { planSteps } from './stepColumns.ts';
import { isCounter, timeColumns } from './timeColumn.ts';
import { timesIn } from './timesIn.ts';
import { refuseTrace } from './traceInRows.ts';
import { stepsOf } from './transposed.ts';

/** What each column of a CSV file is for. Columns are 0-based positions. */
export interface Plan {
  /** flat: a row is an instance of several features. */
  readonly layout: Layout['layout'];
  readonly names: readonly string[];
  /** The columns that name the instance, together; empty for none. */
  readonly case: readonly number[];
  readonly time: number | null;
  /** How the times are read where they are dates that ISO 8601 writes otherwise. */
  readonly dates?: Dates;
  readonly label: number | null;
  readonly mask: number | null;
  readonly length: number | null;
  /** Single and long: the feature columns. Wide: the features of a row, their columns unused. */
  readonly features: readonly NamedColumn[];
  /** Wide: the columns of the steps, feature after feature; transposed: of the steps. */
  readonly steps: readonly number[];
  /** Transposed: the column that names the features. */
  readonly rowNames: number | null;
  /** Why a column is what it is. */
  readonly reasons: ReadonlyMap<number, string>;
  readonly findings: readonly Finding[];
  /** Columns left aside as no signal by the look of the first rows. */
  readonly odd: readonly OddColumn[];
  /** Columns left aside that are a date together. */
  readonly calendar?: readonly CalendarPart[];
}

/**
 * Understands the columns: what the options say, else what the values look like, with the names as evidence.
 * @throws Refusal `unknown-column`, `melted`, `merged-cells`, `no-features`, `missing-features`, `layout-columns`; ReadingQuestion
 */
export function planColumns(sample: Sample, options: DataOptions): Plan {
  if (options.layout === 'columns') return columnsPlan(sample, options);
  const planning = new Planning(sample, options);
  refuseIndexedCells(sample);
  refuseEvents(planning);
  refuseMergedCells(planning);
  const mask = options.maskColumn === undefined ? null : sample.column(options.maskColumn, 'the mask');
  const length =
    options.lengthColumn === undefined ? null : sample.column(options.lengthColumn.column, 'the length');
  const givenCase = givenCases(sample, options);
  const given = { time: planning.named('time'), label: planning.named('label') };
  for (const column of [mask, length, ...(givenCase ?? []), given.time, given.label]) {
    planning.use(column, 'attribution.json says so');
  }
  askMaskColumn(planning);
  leaveCalendar(planning, givenCase ?? []);
  const times = given.time === undefined ? timeColumns(sample, options, planning.used) : [];
  const layout = inferLayout(planning, {
    givenCase,
    givenLabel: given.label,
    time: given.time ?? times[0] ?? null,
  });
  if (layout.layout === 'wide') {
    if (!layout.flat) askCycleOfSensors(planning);
    askLengthColumn(planning);
  }
  const isWide = layout.layout === 'wide' || layout.layout === 'transposed';
  // However many columns there are, once rows are steps.
  if (!isWide && given.time === undefined && times.length === 0 && !sample.named && !options.input)
    times.push(...timeColumns(sample, options, new Set([...planning.used, ...layout.case]), true));
  const counted = layout.layout === 'long' && times.length === 0 ? countOfRows(planning, layout.case) : null;
  const time = isWide ? null : given.time === undefined ? (times[0] ?? counted) : given.time;
  const dates = time === null ? undefined : sample.dates(time);
  const why =
    time === counted
      ? 'it counts the rows of each instance'
      : time !== null && timesIn(sample, time).every(Number.isNaN)
        ? 'its name says so'
        : 'its values go forward like time';
  if (given.time === undefined) planning.use(time, why);
  for (const column of layout.case)
    if (!givenCase?.includes(column)) planning.use(column, 'it tells the instances apart');
  if (layout.layout === 'transposed')
    return transposedPlan(planning, { ...layout, label: given.label ?? null, mask, length });
  if (!isWide) askOtherRates(planning, time);
  if (!isWide) leaveSecondClocks(planning, layout.case, time);
  const spare = bookkeeping(planning, layout, times);
  const counts = spare.filter((column) => !isWide && isUnnamedCounter(sample, column));
  const numbers = 'it numbers rows or instances';
  planning.leaveOdd(counts, 'count', numbers);
  planning.leave(
    spare.filter((column) => !counts.includes(column)),
    numbers,
  );
  const label = given.label === undefined ? labelColumn(planning, layout) : given.label;
  if (given.label === undefined) planning.use(label, 'its name or its values say so');
  const roles = { case: layout.case, time, label, mask, length };
  const { reasons, findings, odd, calendar } = planning;
  if (isWide) {
    if (mask !== null) {
      throw new Refusal(
        'layout-columns',
        `${sample.fileName} has one instance a row, where a mask column cannot say which steps are real; use a length column.`,
      );
    }
    const { features, steps, label: found } = planSteps(planning, layout, label);
    if (!sample.named && label !== null && found === label) askWhose(planning, layout, label);
    return {
      layout: 'wide',
      names: sample.names,
      ...roles,
      label: found,
      features,
      steps,
      rowNames: null,
      reasons,
      findings,
      odd,
    };
  }
  leaveUnlabelled(planning);
  askOneHot(planning, layout.layout === 'long' ? layout.case : null);
  const chosen = planFeatures(planning, layout, { label, time });
  if (layout.layout === 'single')
    refuseTrace(
      planning,
      chosen.features.map(({ column }) => column),
    );
  return {
    layout: layout.layout,
    names: sample.names,
    ...roles,
    label: chosen.label,
    features: chosen.features,
    steps: [],
    rowNames: null,
    ...(dates && { dates }),
    reasons,
    findings,
    odd,
    calendar,
  };
}

/** Columns that are instances: as those of one instance, whatever a model takes, and none is its class. */
function columnsPlan(sample: Sample, options: DataOptions): Plan {
  const { input: _, ...others } = options;
  if (typeof options.label === 'string')
    throw new Refusal(
      'layout-columns',
      `${sample.fileName} has one instance a column, where no column can be the label; remove "label" under "data" or read it as "single".`,
    );
  const plan = planColumns(sample, { ...others, layout: 'single', label: null });
  refuseStepMask(sample, plan, 'instance a column');
  return { ...plan, layout: 'columns' };
}

/** @param one what there is one of, and where: columns that steps have are none then */
function refuseStepMask(
  { fileName }: Sample,
  { mask, length }: Pick<Plan, 'mask' | 'length'>,
  one: string,
): void {
  if (mask === null && length === null) return;
  throw new Refusal(
    'layout-columns',
    `${fileName} has one ${one}, where no column can say which steps are real; choose the mask "trailing" or "length:N".`,
  );
}

/** Rows that are features: no column but the steps, the names, the case and the label has a role. */
function transposedPlan(planning: Planning, columns: Pick<Plan, 'case' | 'label' | 'mask' | 'length'>): Plan {
  const { sample, used, reasons, findings } = planning;
  refuseStepMask(sample, columns, 'feature a row');
  const found = featureRowColumns(planning, columns.case);
  const rowNames = found.names;
  planning.use(rowNames, 'its cells name the features');
  planning.use(found.label, 'its name says so, and it is one for all rows of each instance');
  for (const column of found.case) planning.use(column, 'it tells the instances apart');
  planning.leaveBeside(found.beside, 'the same in the rows of each instance, and no step');
  const steps = stepsOf(sample, used);
  const { names } = sample;
  return {
    layout: 'transposed',
    names,
    time: null,
    ...columns,
    case: [...columns.case, ...found.case],
    label: columns.label ?? found.label,
    features: [],
    steps,
    rowNames,
    reasons,
    findings,
    odd: [],
  };
}

/** @param column 0-based */
export function roleOf(plan: Plan, column: number): ColumnRole {
  if (plan.case.includes(column)) return plan.label === column ? 'label' : 'case';
  if (plan.time === column) return 'time';
  if (plan.label === column) return 'label';
  if (plan.mask === column) return 'mask';
  if (plan.length === column) return 'length';
  if (plan.rowNames === column) return 'names';
  if (plan.steps.includes(column)) return 'steps';
  if (!plan.features.some((feature) => feature.column === column)) return 'aside';
  return plan.layout === 'columns' ? 'steps' : 'feature';
}

/** Nothing but its first rows says that it counts. */
function isUnnamedCounter(sample: Sample, column: number): boolean {
  return isCounter(sample, column) && !(sample.named && isRowNumberName(sample.names[column]!));
}

function givenCases(sample: Sample, { case: named }: DataOptions): number[] | null | undefined {
  if (named === undefined || named === null) return named;
  const names = typeof named === 'string' ? [named] : named;
  return names.map((name) => sample.column(name, '"case"'));
}

/** Further columns that only number the instances or the rows. */
function bookkeeping(
  { sample, options, used, free }: Planning,
  { layout, case: cases }: { readonly layout: Layout['layout']; readonly case: readonly number[] },
  times: readonly number[],
): number[] {
  const caseNames = namedFor('case', sample.names);
  const spare =
    (options.input &&
      free.filter((column) => sample.profiles[column]!.kind === 'numeric').length > options.input.features) ??
    false;
  return free.filter((column) => {
    const { kind, whole, distinct, filled } = sample.profiles[column]!;
    if (used.has(column) || kind !== 'numeric') return false;
    // Nobody says how many features there are: a second clock is hardly one.
    const clock = options.input === undefined && sample.named && timeName(sample.names[column]!) !== null;
    // Part of a second clock that stands still: `Sub Frame`.
    if (layout !== 'wide' && clock && whole && distinct === 1 && times.length > 0) return true;
    const rowNumber =
      sample.named && isRowNumberName(sample.names[column]!) && numbersEachRow(sample, column);
    if (layout !== 'wide' && clock && whole && times.includes(column) && sample.forwardWithin(cases, column))
      return true;
    if (
      rowNumber ||
      (layout !== 'wide' && (spare || clock) && times.includes(column) && isCounter(sample, column))
    )
      return true;
    if (
      !whole ||
      !(
        caseNames.includes(column) ||
        (layout === 'long' && (spare || options.input === undefined) && namesOne(sample, column)) ||
        times.includes(column) ||
        (sample.named && isRowNumberName(sample.names[column]!))
      )
    )
      return false;
    const numbersInstances =
      layout === 'long'
        ? sample.constantWithin(cases, column)
        : distinct === filled && (layout === 'wide' || spare || sample.countsWithin(cases, column));
    // A signal may count, too, where the model takes as many.
    const lacks = options.input !== undefined && !spare && timeName(sample.names[column]!) === null;
    const isCalled = caseNames.includes(column) || (sample.named && isRowNumberName(sample.names[column]!));
    if (lacks && !isCalled && layout !== 'wide') return false;
    return numbersInstances || (layout !== 'wide' && sample.countsWithin(cases, column));
  });
}
