import type { Finding } from '../../finding.ts';
import { Refusal } from '../../refusal.ts';
import { ConstantFeatures } from '../constantFeatures.ts';
import type { Instance, TimeColumn } from '../dataset.ts';
import { FrontPadding } from '../frontPadding.ts';
import { refuseTooMany } from '../instanceBounds.ts';
import { LazyInstance } from '../lazyInstance.ts';
import { LineMap } from '../lineMap.ts';
import { fillMissing } from '../missing.ts';
import { RowStore } from '../rowStore.ts';
import { caseFindings } from './caseFindings.ts';
import { CaseIds } from './caseIds.ts';
import { CaseRows, type CaseSeen, type RowSets } from './caseRows.ts';
import { isMissing } from './cell.ts';
import { blankLabelQuestion, continuousQuestion } from './continuous.ts';
import { MissingCells } from './missingCells.ts';
import {
  type CsvContext,
  detached,
  hasOnlyBlanksBeyond,
  labelText,
  missingCell,
  numberIn,
  type PlainRow,
  type RowSink,
  raggedRow,
  refusedCell,
} from './rowSink.ts';
import { rowWays } from './rowWays.ts';
import { SentinelColumns } from './sentinels.ts';
import { shorten } from './shorten.ts';
import { StepMasks } from './stepMasks.ts';
import { TimeOrder } from './timeOrder.ts';
import { timeColumn } from './timeUnit.ts';
import type { CsvRow } from './tokenizer.ts';

/** Rows that are steps: of one instance (single) or of many (long). */
export class StepRows implements RowSink {
  readonly #context: CsvContext;
  readonly #columns: readonly number[];
  readonly #cases = new CaseRows();
  readonly #store: RowStore;
  readonly #lines = new LineMap();
  readonly #constant: ConstantFeatures;
  readonly #sentinels: SentinelColumns;
  readonly #missing: MissingCells;
  readonly #time: TimeOrder | undefined;
  /** When each row was. */
  readonly #times = new RowStore(1);
  readonly #now = new Float64Array(1);
  readonly #masks: StepMasks;
  readonly #front = new FrontPadding();
  readonly #ids: CaseIds;
  /** Once all rows have come. */
  #sets: RowSets | undefined;
  readonly #labels = new Map<string, string>();
  /** Label of every row, where windows are asked for. */
  readonly #perRow: string[] = [];
  readonly #row: Float64Array;

  constructor(context: CsvContext) {
    const { features, time } = context.plan;
    this.#context = context;
    this.#columns = features.map(({ column }) => column);
    this.#store = new RowStore(features.length);
    this.#constant = new ConstantFeatures(features.length);
    this.#sentinels = new SentinelColumns(features.length);
    this.#missing = new MissingCells(context);
    this.#masks = new StepMasks(context);
    this.#ids = new CaseIds(context);
    this.#time = time === null ? undefined : new TimeOrder(context, time);
    this.#row = new Float64Array(features.length);
  }

  push(row: CsvRow): void {
    const { plan } = this.#context;
    const width = plan.names.length;
    if (row.cells.length < width || (row.cells.length > width && !hasOnlyBlanksBeyond(row, width))) {
      throw raggedRow(this.#context, row);
    }
    const seen = this.#enter(row.line, this.#ids.of(row));
    const isEmpty = this.#isBlank(row);
    // Padding may have no time either.
    const timeless = isEmpty && plan.time !== null && isMissing(row.cells[plan.time]);
    if (!timeless) this.#time?.check(row, seen, this.#named(seen));
    if (plan.label !== null)
      this.#checkLabel(labelText(row.cells[plan.label]!, this.#context), row.line, seen);
    const real = this.#masks.read(row, seen);
    const isBlank = real && isEmpty;
    if (isBlank) {
      seen.blank++;
      seen.firstBlank ??= row;
    } else this.#leaveBlank(seen);
    for (let feature = 0; feature < this.#columns.length; feature++) {
      const column = this.#columns[feature]!;
      const value = numberIn(this.#context, row, column);
      if (Number.isNaN(value) && real && !isBlank) {
        if (this.#context.missing === 'refuse') {
          throw missingCell(this.#context, row, column);
        }
        seen.missing++;
        this.#missing.add(row.line, column);
      }
      this.#row[feature] = value;
      this.#constant.see(feature, value);
      this.#sentinels.see(feature, value);
    }
    this.#keep(seen, row.line);
  }

  pushPlain(row: PlainRow): void {
    const { numbers, line } = row;
    const { label, mask, length, time } = this.#context.plan;
    const seen = this.#enter(line, this.#ids.ofPlain(row));
    if (time !== null) this.#time?.checkPlain(row, time, seen, this.#named(seen));
    if (label !== null) this.#checkLabel(labelText(row.text(label), this.#context), line, seen);
    if (mask !== null || length !== null) {
      const cell = (column: number) => String(numbers[column]);
      this.#masks.take(numbers[length ?? 0]!, numbers[mask ?? 0]!, line, cell, seen);
    }
    this.#leaveBlank(seen);
    for (let feature = 0; feature < this.#columns.length; feature++) {
      const value = numbers[this.#columns[feature]!]!;
      this.#row[feature] = value;
      this.#constant.see(feature, value);
      this.#sentinels.see(feature, value);
    }
    this.#keep(seen, line);
  }

  gap(): void {
    this.#ids.gap();
  }

  /** Whether times are read as numbers; known once a row has come. */
  get timeIsNumber(): boolean {
    return this.#time?.isNumber ?? false;
  }

  #keep({ last = Number.NaN }: CaseSeen, line: number): void {
    this.#store.push(this.#row);
    this.#lines.push(line);
    if (this.#time) {
      this.#now[0] = last;
      this.#times.push(this.#now);
    }
    refuseTooMany(this.#context.fileName, this.#cases.cases.length, this.#store.cells);
  }

  finish(): { instances: Instance[]; findings: Finding[]; time?: TimeColumn; maskOrigin?: string } {
    const { fileName, plan } = this.#context;
    this.#store.close();
    this.#times.close();
    this.#sets = this.#cases.rowSets();
    for (const { blank, firstBlank, rows } of this.#cases.cases) {
      if (firstBlank && blank === rows) throw missingCell(this.#context, firstBlank, this.#columns[0]!);
    }
    if (plan.case.length === 0 && this.#cases.cases.length > 0 && this.#lengthOf(0) === 1) {
      throw new Refusal(
        'one-row',
        `${fileName} has one row of data only: a series needs at least two steps (where each row is a series, set "layout" to "wide").`,
      );
    }
    const instances = this.#instances();
    const names = plan.features.map(({ name }) => name);
    const findings = [
      ...(this.#time?.findings ?? []),
      ...caseFindings(fileName, plan, this.#cases),
      ...this.#constant.finding(fileName, names),
      ...this.#sentinels.findings(fileName, names, this.#store.rows),
      ...this.#missing.findings,
      ...this.#masks.findings,
      ...this.#front.findings(fileName),
    ];
    return { instances, findings, time: this.#timeColumn, maskOrigin: this.#front.origin };
  }

  get #timeColumn(): TimeColumn | undefined {
    const { plan, timeUnit } = this.#context;
    const reading = this.#time?.reading;
    return reading && timeColumn(plan.names[plan.time!]!, reading, timeUnit);
  }

  #named({ id }: CaseSeen): string | undefined {
    return this.#context.plan.layout === 'single' ? undefined : id;
  }

  #enter(line: number, id: string): CaseSeen {
    return this.#cases.enter(id, line, detached);
  }

  /** Labels are few: one copy of each. */
  #kept(label: string): string {
    let kept = this.#labels.get(label);
    if (kept === undefined) {
      kept = detached(label);
      this.#labels.set(kept, kept);
    }
    return kept;
  }

  /** Blank in every feature: at the end of a series that is padding. Where missing values are filled, it is one like others. */
  #isBlank({ cells }: CsvRow): boolean {
    return this.#context.missing === 'refuse' && this.#columns.every((column) => isMissing(cells[column]));
  }

  /** A row with a number behind blank ones: they stand at the front, or are a gap. @throws Refusal `missing-value` */
  #leaveBlank(seen: CaseSeen): void {
    const { firstBlank, blank, rows } = seen;
    if (!firstBlank) return;
    const { plan } = this.#context;
    if (blank < rows - 1 || plan.length !== null || plan.mask !== null) {
      throw missingCell(this.#context, firstBlank, this.#columns[0]!);
    }
    seen.front = blank;
    seen.blank = 0;
    seen.firstBlank = undefined;
  }

  #checkLabel(label: string, line: number, seen: CaseSeen): void {
    const { plan, windows, fileName, input } = this.#context;
    if (windows) this.#perRow.push(this.#kept(label));
    if (seen.label === undefined) {
      seen.label = this.#kept(label);
    } else if (windows || seen.label === label) {
      if (seen.headed && !windows) throw this.#blankLabel(label, line, seen);
    } else if (label === '' && (seen.rows === 2 || seen.headed)) {
      seen.headed = true;
    } else if (label === '' || seen.label === '' || seen.headed) {
      throw this.#blankLabel(label, line, seen);
    } else {
      const whose = plan.case.length === 0 ? '' : ` of case ${shorten(seen.id)}`;
      const what = `the label${whose} changes from "${shorten(seen.label)}" to "${shorten(label)}"`;
      const refused = refusedCell(
        ...([this.#context, line, plan.label!, 'label-changes'] as const),
        `${what}; one instance has one label`,
      );
      const name = plan.names[plan.label!]!;
      const where = `${fileName}, line ${line}, column "${name}"`;
      throw continuousQuestion(where, name, input, what, refused.place, [], rowWays(plan));
    }
  }

  /** A label that some rows of an instance have, and others do not. */
  #blankLabel(label: string, line: number, seen: CaseSeen): Refusal {
    const { plan, fileName, input } = this.#context;
    const whose = plan.case.length === 0 ? '' : ` of case ${shorten(seen.id)}`;
    const [where, other] = label === '' ? ['here', seen.label!] : ['in rows above', label];
    const what = `the label${whose} is blank ${where} and "${shorten(other)}" in other rows`;
    const { place } = refusedCell(this.#context, line, plan.label!, 'label-blank', what);
    return blankLabelQuestion(fileName, line, plan.names[plan.label!]!, what, input, place);
  }

  #instances(): Instance[] {
    const unpack = (index: number) => this.#values(index);
    const lines = (index: number) => this.#linesOf(index);
    const times =
      this.#timeColumn &&
      ((index: number) => this.#times.gather(this.#lengthOf(index), (step) => this.#sets!.row(index, step)));
    return this.#cases.cases.map((seen, index) => {
      // A file that cannot be filled is refused when it is read, not when it is looked at.
      if (seen.missing > 0) unpack(index);
      const length = this.#lengthOf(index);
      const mask =
        this.#masks.of(seen, length, (step) => this.#sets!.row(index, step)) ??
        this.#front.mask(seen.front, length, seen.firstLine);
      const label = seen.label === '' ? undefined : seen.label;
      const stepLabels =
        this.#perRow.length === 0
          ? undefined
          : Array.from({ length }, (_, step) => this.#perRow[this.#sets!.row(index, step)]!);
      return new LazyInstance({ id: seen.id, index, label, stepLabels, length, mask }, unpack, lines, times);
    });
  }

  /** Without the blank rows at the end. */
  #lengthOf(index: number): number {
    return this.#sets!.length(index) - this.#cases.cases[index]!.blank;
  }

  #values(index: number): Float64Array {
    const length = this.#lengthOf(index);
    const sets = this.#sets!;
    const values = this.#store.gather(length, (step) => sets.row(index, step));
    const { missing, id } = this.#cases.cases[index]!;
    if (missing > 0) {
      const unfilled = fillMissing(values, this.#columns.length, length, this.#context.missing);
      this.#missing.checkFilled(unfilled, id);
    }
    return values;
  }

  #linesOf(index: number): Int32Array {
    const lines = new Int32Array(this.#lengthOf(index));
    for (let step = 0; step < lines.length; step++) {
      lines[step] = this.#lines.line(this.#sets!.row(index, step));
    }
    return lines;
  }
}
