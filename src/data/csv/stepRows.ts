import type { Finding } from '../../finding.ts';
import { Refusal } from '../../refusal.ts';
import { ConstantFeatures } from '../constantFeatures.ts';
import { count } from '../count.ts';
import type { Instance } from '../dataset.ts';
import { GrowableInt32 } from '../growable.ts';
import { refuseTooMany } from '../instanceBounds.ts';
import { LazyInstance } from '../lazyInstance.ts';
import { LineMap } from '../lineMap.ts';
import { fillMissing } from '../missing.ts';
import { RowStore } from '../rowStore.ts';
import { CaseRows, type CaseSeen, type RowSet } from './caseRows.ts';
import { MissingCells } from './missingCells.ts';
import {
  type CsvContext,
  detached,
  hasOnlyBlanksBeyond,
  missingCell,
  numberIn,
  type RowSink,
  raggedRow,
  refusedCell,
  shorten,
} from './rowSink.ts';
import { TimeOrder } from './timeOrder.ts';
import type { CsvRow } from './tokenizer.ts';

/** Rows that are steps: of one instance (single) or of many (long). */
export class StepRows implements RowSink {
  readonly #context: CsvContext;
  readonly #columns: readonly number[];
  readonly #cases = new CaseRows();
  readonly #store: RowStore;
  readonly #lines = new LineMap();
  readonly #constant: ConstantFeatures;
  readonly #missing: MissingCells;
  readonly #time: TimeOrder | undefined;
  readonly #mask = new GrowableInt32();
  readonly #row: Float64Array;

  constructor(context: CsvContext) {
    const { features, time } = context.plan;
    this.#context = context;
    this.#columns = features.map(({ column }) => column);
    this.#store = new RowStore(features.length);
    this.#constant = new ConstantFeatures(features.length);
    this.#missing = new MissingCells(context);
    this.#time = time === null ? undefined : new TimeOrder(context, time);
    this.#row = new Float64Array(features.length);
  }

  push(row: CsvRow): void {
    const { plan } = this.#context;
    const width = plan.names.length;
    if (row.cells.length < width || (row.cells.length > width && !hasOnlyBlanksBeyond(row, width))) {
      throw raggedRow(this.#context, row);
    }
    const seen = this.#enter(row);
    this.#time?.check(row, seen, plan.case.length === 0 ? undefined : seen.id);
    this.#checkLabel(row, seen);
    const real = this.#readMask(row, seen);
    const isBlank = real && this.#isBlank(row);
    if (isBlank) {
      seen.blank++;
      seen.firstBlank ??= row;
    } else if (seen.firstBlank) {
      throw missingCell(this.#context, seen.firstBlank, this.#columns[0]!);
    }
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
    }
    this.#store.push(this.#row);
    this.#lines.push(row.line);
    refuseTooMany(this.#context.fileName, this.#cases.cases.length, this.#store.cells);
  }

  finish(): { instances: Instance[]; findings: Finding[] } {
    const { fileName, plan } = this.#context;
    const rows = this.#cases.rowSets().map((set, index) => this.#withoutTail(set, this.#cases.cases[index]!));
    if (plan.case.length === 0 && rows[0]?.length === 1) {
      throw new Refusal(
        'one-row',
        `${fileName} has one row of data only: a series needs at least two steps (where each row is a series, set "layout" to "wide").`,
      );
    }
    const instances = this.#cases.cases.map((seen, index) => this.#instance(seen, index, rows[index]!));
    const names = plan.features.map(({ name }) => name);
    const findings = [
      ...(this.#time?.findings ?? []),
      ...this.#caseFindings(),
      ...this.#constant.finding(fileName, names),
      ...this.#missing.findings,
    ];
    return { instances, findings };
  }

  #enter(row: CsvRow): CaseSeen {
    const { plan } = this.#context;
    const { case: cases } = plan;
    if (cases.length === 0) {
      return this.#cases.enter('0', row.line, (id) => id);
    }
    const blank = cases.find((column) => row.cells[column]!.trim() === '');
    if (blank !== undefined) {
      throw refusedCell(this.#context, row.line, blank, 'blank-case', 'the case is blank');
    }
    const id =
      cases.length === 1
        ? row.cells[cases[0]!]!.trim()
        : cases.map((column) => row.cells[column]!.trim()).join(' / ');
    return this.#cases.enter(id, row.line, detached);
  }

  /** Blank in every feature: at the end of a series that is padding. Where missing values are filled, it is one like others. */
  #isBlank({ cells }: CsvRow): boolean {
    return (
      this.#context.missing === 'refuse' &&
      this.#columns.every((column) => /^(|nan|na|n\/a|null|none)$/i.test(cells[column]?.trim() ?? ''))
    );
  }

  #checkLabel(row: CsvRow, seen: CaseSeen): void {
    const { plan } = this.#context;
    if (plan.label === null) {
      return;
    }
    const label = row.cells[plan.label]!.trim();
    if (seen.label === undefined) {
      seen.label = detached(label);
    } else if (seen.label !== label) {
      const whose = plan.case.length === 0 ? 'the instance' : `case ${shorten(seen.id)}`;
      const advice =
        plan.case.length === 0
          ? '; set "case" to the column that tells the instances apart, or "label" to null (command line: --set data.label=null) where it changes per step'
          : '';
      throw refusedCell(
        ...([this.#context, row.line, plan.label, 'label-changes'] as const),
        `the label of ${whose} changes from "${shorten(seen.label)}" to "${shorten(label)}"; one instance has one label${advice}`,
      );
    }
  }

  /** Whether the step is real by the mask column; also reads the length column. */
  #readMask(row: CsvRow, seen: CaseSeen): boolean {
    const { plan } = this.#context;
    if (plan.length !== null) {
      const length = numberIn(this.#context, row, plan.length);
      if (!Number.isInteger(length) || length < 1 || (seen.realSteps ?? length) !== length) {
        throw refusedCell(
          ...([this.#context, row.line, plan.length, 'bad-length'] as const),
          `"${shorten(row.cells[plan.length]!)}" is not one whole number of steps, the same on every row of the instance`,
        );
      }
      seen.realSteps = length;
    }
    if (plan.mask === null) {
      return true;
    }
    const value = numberIn(this.#context, row, plan.mask);
    if (value !== 0 && value !== 1) {
      throw refusedCell(
        ...([this.#context, row.line, plan.mask, 'bad-mask'] as const),
        `a mask is 1 on real steps and 0 on padding, not "${shorten(row.cells[plan.mask]!)}"`,
      );
    }
    this.#mask.push(value);
    return value === 1;
  }

  /** @throws Refusal `missing-value` where nothing but blanks is left */
  #withoutTail({ length, row }: RowSet, { blank, firstBlank }: CaseSeen): RowSet {
    if (firstBlank && blank === length) {
      throw missingCell(this.#context, firstBlank, this.#columns[0]!);
    }
    return { length: length - blank, row };
  }

  #instance(seen: CaseSeen, index: number, rows: RowSet): Instance {
    const { missing, plan } = this.#context;
    const features = plan.features.length;
    const store = this.#store;
    const lines = this.#lines;
    const unpack = (): Float64Array => {
      const values = store.gather(rows.length, rows.row);
      if (seen.missing > 0) {
        this.#missing.checkFilled(fillMissing(values, features, rows.length, missing), seen.id);
      }
      return values;
    };
    if (seen.missing > 0) {
      unpack();
    }
    const plain = {
      id: seen.id,
      index,
      label: seen.label === '' ? undefined : seen.label,
      length: rows.length,
      mask: this.#maskOf(seen, rows),
    };
    const allLines = (): Int32Array => {
      const result = new Int32Array(rows.length);
      for (let step = 0; step < rows.length; step++) {
        result[step] = lines.line(rows.row(step));
      }
      return result;
    };
    return new LazyInstance(plain, unpack, allLines);
  }

  #maskOf({ realSteps, id }: CaseSeen, rows: RowSet): Uint8Array | undefined {
    const { plan, fileName, lengthSide } = this.#context;
    if (plan.mask !== null) {
      const mask = this.#mask.values;
      return Uint8Array.from({ length: rows.length }, (_, step) => mask[rows.row(step)]!);
    }
    if (realSteps === undefined) {
      return undefined;
    }
    if (realSteps > rows.length) {
      throw new Refusal(
        'bad-length',
        `${fileName}: column "${plan.names[plan.length!]}" gives case ${shorten(id)} ${count(realSteps, 'step')}, but it has ${count(rows.length, 'row')}.`,
      );
    }
    const first = lengthSide === 'end' ? 0 : rows.length - realSteps;
    return new Uint8Array(rows.length).fill(1, first, first + realSteps);
  }

  #caseFindings(): Finding[] {
    const { plan, fileName } = this.#context;
    const findings: Finding[] = [];
    const { scattered, cases } = this.#cases;
    if (scattered && plan.time === null) {
      const sentence = `${fileName}, line ${scattered.line}: case ${shorten(scattered.id)} goes on after rows of another case; rows of one id are joined in file order, and without a time column a second series under the same id cannot be told.`;
      findings.push({ code: 'cases-scattered', severity: 'warning', sentence });
    }
    const ended = cases.filter(({ blank }) => blank > 0);
    if (ended.length > 0) {
      const sentence = `${fileName}, line ${ended[0]!.firstBlank!.line}: the rows from here on are blank in every feature and taken as padding: ${ended.length === 1 ? 'the series ends before them' : `${ended.length} series end that way`}.`;
      findings.push({ code: 'nan-padding', severity: 'info', sentence });
    }
    const short = cases.filter(({ rows }) => rows === 1);
    if (plan.case.length > 0 && short.length > 0) {
      const sentence = `${fileName}: ${count(short.length, 'case')} of ${cases.length} ${short.length === 1 ? 'has' : 'have'} one row only (first: case ${shorten(short[0]!.id)}, line ${short[0]!.firstLine}).`;
      findings.push({ code: 'one-step-cases', severity: 'warning', sentence });
    }
    return findings;
  }
}
