import type { Finding } from '../../finding.ts';
import { agree, count } from '../../format.ts';
import type { Instance } from '../dataset.ts';
import { FrontPadding } from '../frontPadding.ts';
import { refuseTooMany } from '../instanceBounds.ts';
import { LazyInstance } from '../lazyInstance.ts';
import { fillMissing } from '../missing.ts';
import { nanEnds } from '../nanEnds.ts';
import { PackedColumn } from '../packedColumn.ts';
import { SentinelWatch } from '../sentinels.ts';
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
  refusedLine,
} from './rowSink.ts';
import { shorten } from './shorten.ts';
import type { CsvRow } from './tokenizer.ts';

/** Rows that are instances. Missing cells at the end of a row end the series there. */
export class WideRows implements RowSink {
  readonly #context: CsvContext;
  readonly timeIsNumber = false;
  readonly #instances: Instance[] = [];
  readonly #lineOfId = new Map<string, number>();
  readonly #missing: MissingCells;
  readonly #sentinels: SentinelWatch;
  /** Every row must reach these. */
  readonly #needed: number;
  #values = 0;
  readonly #front = new FrontPadding();
  #shortened = 0;
  #firstShortened = 0;

  constructor(context: CsvContext) {
    const { plan } = context;
    this.#context = context;
    this.#missing = new MissingCells(context);
    this.#sentinels = new SentinelWatch(plan.features.length);
    this.#needed = Math.max(-1, ...plan.case, plan.label ?? -1, plan.length ?? -1) + 1;
  }

  push(row: CsvRow): void {
    const { plan } = this.#context;
    const width = plan.names.length;
    if (
      row.cells.length <= this.#needed - 1 ||
      (row.cells.length > width && !hasOnlyBlanksBeyond(row, width))
    ) {
      throw raggedRow(this.#context, row);
    }
    const id = this.#id(plan.case.map((column) => row.cells[column]!.trim()).join(' / '), row.line);
    const { values, from } = this.#series(row, id);
    const length = values.length / plan.features.length;
    const label = plan.label === null ? '' : detached(labelText(row.cells[plan.label]!, this.#context));
    const realSteps = plan.length === null ? undefined : numberIn(this.#context, row, plan.length);
    const mask =
      this.#mask(realSteps, row.cells[plan.length ?? 0]!, row.line, length) ??
      this.#front.mask(from, length, row.line);
    this.#keep({ id, label, values, length, line: row.line, mask });
  }

  pushPlain(row: PlainRow): void {
    const { plan } = this.#context;
    const { line, numbers } = row;
    const id = this.#id(plan.case.map((column) => row.text(column)).join(' / '), line);
    const values = new Float64Array(plan.steps.length);
    for (let at = 0; at < values.length; at++) values[at] = numbers[plan.steps[at]!]!;
    const length = values.length / plan.features.length;
    const label = plan.label === null ? '' : labelText(row.text(plan.label), this.#context);
    const realSteps = plan.length === null ? undefined : numbers[plan.length]!;
    const mask = this.#mask(realSteps, String(realSteps), line, length);
    this.#keep({ id, label, values, length, line, mask });
  }

  #keep({ values, ...one }: Omit<Instance, 'index'> & { readonly label: string }): void {
    const index = this.#instances.length;
    this.#values += values.length;
    refuseTooMany(`${this.#context.fileName}, line ${one.line}`, index, this.#values);
    this.#sentinels.see(values, one.length);
    const packed = PackedColumn.of(values);
    const plain = { ...one, index, label: one.label === '' ? undefined : one.label };
    this.#instances.push(new LazyInstance(plain, () => packed.values()));
  }

  finish(): { instances: Instance[]; findings: Finding[]; maskOrigin?: string } {
    const { fileName, plan } = this.#context;
    const names = plan.features.map(({ name }) => name);
    const findings = [
      ...this.#missing.findings,
      ...this.#front.findings(fileName),
      ...this.#sentinels.findings(fileName, names),
    ];
    if (this.#shortened > 0) {
      const sentence = `${fileName}: ${count(this.#shortened, 'row')} ${agree(this.#shortened, 'ends', 'end')} in blank or NaN cells (first: line ${this.#firstShortened}); ${agree(this.#shortened, 'that series is', 'those series are')} taken to end there.`;
      findings.push({ code: 'wide-shorter', severity: 'info', sentence });
    }
    return { instances: this.#instances, findings, maskOrigin: this.#front.origin };
  }

  #id(cells: string, line: number): string {
    const { plan } = this.#context;
    if (plan.case.length === 0) {
      return String(this.#instances.length);
    }
    const id = detached(cells);
    if (id === '') {
      throw refusedCell(this.#context, line, plan.case[0]!, 'blank-case', 'the case is blank');
    }
    const before = this.#lineOfId.get(id);
    if (before !== undefined) {
      throw refusedLine(
        ...([this.#context, line, 'duplicate-case'] as const),
        `case ${shorten(id)} already stands on line ${before}; give the second series another id`,
      );
    }
    this.#lineOfId.set(id, line);
    return id;
  }

  /** [F, L]: the series end where every feature is blank to the end, and begin where one is not, but for `missing`. */
  #series(row: CsvRow, id: string): { values: Float64Array; from: number } {
    const { plan, missing } = this.#context;
    const features = plan.features.length;
    const values = Float64Array.from(plan.steps, (column) => numberIn(this.#context, row, column));
    const full = values.length / features;
    if (values.every(Number.isNaN)) {
      throw refusedLine(this.#context, row.line, 'no-steps', 'the row has no number');
    }
    const { from: first, to: end } = nanEnds(values, features, full);
    const from = missing === 'refuse' && plan.length === null ? first : 0;
    if (end < full && this.#shortened++ === 0) {
      this.#firstShortened = row.line;
    }
    const series = new Float64Array(features * end);
    for (let feature = 0; feature < features; feature++) {
      series.set(values.subarray(feature * full, feature * full + end), feature * end);
    }
    let gaps = 0;
    for (const [at, value] of series.entries()) {
      if (Number.isNaN(value) && at % end >= from) {
        const column = plan.steps[Math.floor(at / end) * full + (at % end)]!;
        if (missing === 'refuse') {
          throw missingCell(this.#context, row, column);
        }
        gaps++;
        this.#missing.add(row.line, column);
      }
    }
    if (gaps > 0) {
      this.#missing.checkFilled(fillMissing(series, features, end, missing), id);
    }
    return { values: series, from };
  }

  #mask(realSteps: number | undefined, cell: string, line: number, length: number): Uint8Array | undefined {
    const { plan, lengthSide } = this.#context;
    if (realSteps === undefined) return undefined;
    if (!Number.isInteger(realSteps) || realSteps < 1 || realSteps > length) {
      throw refusedCell(
        ...([this.#context, line, plan.length!, 'bad-length'] as const),
        `"${shorten(cell)}" is not a whole number from 1 to ${length}`,
      );
    }
    const first = lengthSide === 'end' ? 0 : length - realSteps;
    return new Uint8Array(length).fill(1, first, first + realSteps);
  }
}
