import type { Finding } from '../../finding.ts';
import { Refusal } from '../../refusal.ts';
import type { ByteSource } from '../byteSource.ts';
import type { DataOptions, Delimiter } from '../dataOptions.ts';
import type { CellPlaces, Dataset } from '../dataset.ts';
import type { TextPiece } from '../text/textStream.ts';
import { isBlank, isCleared } from './blankRows.ts';
import { planAsSaid } from './contradicted.ts';
import { isOneDecimalColumn } from './decimalQuestion.ts';
import { type Dialect, sniffDialect, wholeLines } from './dialect.ts';
import { firstTable, sampleRows } from './firstTable.ts';
import { Footer } from './footer.ts';
import { watched } from './late/watchedRows.ts';
import { behindLines, hasLoneReturns, startOfLine } from './plain/lineEnds.ts';
import { PlainLines, type Taker } from './plain/plainLines.ts';
import type { Plan } from './plan.ts';
import { planOfTable } from './readingPlan.ts';
import { atLine } from './refusedLine.ts';
import { Remarks } from './remarks.ts';
import type { CsvContext, RowSink } from './rowSink.ts';
import { sinkFor } from './sinkFor.ts';
import { longestPreamble, type TableForm } from './tableForm.ts';
import { type CsvRow, CsvTokenizer } from './tokenizer.ts';

/** Characters beyond which three rows are enough: series of many steps stand in rows of 100,000. */
const longSample = 1 << 22;

/**
 * One pass through the rows: the first ones are held back until the columns are understood.
 * Its methods refuse what cannot be read, naming line and column.
 */
export class CsvReading {
  private readonly fileName: string;
  readonly #path: string;
  readonly #tokenizer: CsvTokenizer;
  readonly #dialect: Dialect;
  #form: TableForm | undefined;
  readonly #held: CsvRow[] = [];
  #characters = 0;
  /** Blank lines since the last value; undefined before the first. */
  #gap: CsvRow[] | undefined;
  /** Blank lines in a row part two recordings once. */
  #isGap = true;
  #skip = 0;
  #context: CsvContext | undefined;
  #sink: RowSink | undefined;
  #plain: PlainLines | undefined;
  #taker: Taker | undefined;
  #findings: Finding[] = [];
  readonly #footer = new Footer();
  readonly #remarks = new Remarks();
  /** What a person is shown of the table. */
  #first: readonly (readonly string[])[] = [];

  constructor(
    { name, path }: ByteSource,
    start: string,
    private readonly options: DataOptions,
  ) {
    this.fileName = name;
    this.#path = path;
    // Excel's way of naming the delimiter.
    const declared = /^sep=([,;\t|])\n/i.exec(start);
    this.#skip = declared ? declared[0].length : 0;
    const oneColumn = !declared && isOneDecimalColumn(name, wholeLines(start), options);
    const given = (oneColumn ? ';' : options.delimiter) ?? (declared?.[1] as Delimiter | undefined);
    this.#dialect = sniffDialect(start.slice(this.#skip), given);
    this.#tokenizer = new CsvTokenizer(name, this.#dialect, declared ? 2 : 1);
  }

  /** The first piece: once its first rows have told what the columns are, all of them are read from their bytes. */
  begin(start: string, piece: TextPiece, encoding: string): void {
    const { bytes } = piece;
    const end = bytes && !hasLoneReturns(bytes) ? behindLines(start, sampleRows + longestPreamble) : 0;
    if (!bytes || end === 0) {
      this.pushText(start);
      return;
    }
    this.#takeText(start.slice(0, end));
    if (!this.#isEnough()) {
      this.pushText(start.slice(end));
      return;
    }
    this.#understand();
    // The first row tells how times are written.
    this.#feed(this.#sink!, this.#held.shift()!);
    const line = this.#held[0]?.line;
    if (line === undefined || !this.#tokenizer.isBetweenRows || !this.#lines(encoding)) {
      this.#feedHeld();
      this.pushText(start.slice(end));
      return;
    }
    this.#held.length = 0;
    this.#tokenizer.goTo(line);
    const from = startOfLine(bytes, line);
    this.push({ bytes: bytes.subarray(from), text: (at = 0) => piece.text(from + at) }, encoding);
  }

  push(piece: TextPiece, encoding: string): void {
    const { bytes } = piece;
    if (!bytes || !this.#tokenizer.isBetweenRows || !this.#lines(encoding)) {
      this.pushText(piece.text());
      return;
    }
    const taken = this.#plain!.take(bytes, this.#tokenizer.line, this.#taker!);
    this.#tokenizer.goTo(this.#tokenizer.line + taken.lines);
    if (taken.bytes < bytes.length) this.pushText(piece.text(taken.bytes));
  }

  /** Reads lines from their bytes, once the columns are understood. */
  #lines(encoding: string): boolean {
    const sink = this.#sink;
    if (
      sink &&
      this.#plain?.fitsTo(sink) !== true &&
      this.#context!.plan.layout !== 'transposed' &&
      PlainLines.fits(this.#dialect, this.#form!.comment)
    ) {
      this.#plain = new PlainLines(this.#context!, this.#dialect, sink, encoding);
      this.#taker = {
        plain: (row) => {
          if (this.#gap && this.#gap.length > 0) this.#closeGap(sink);
          this.#seen(row.line);
          sink.pushPlain(row);
        },
        row: (row) => {
          if (isBlank(row) || !this.#remarks.take(row)) this.#feed(sink, row);
        },
      };
    }
    return this.#plain !== undefined;
  }

  pushText(chunk: string): void {
    this.#takeText(chunk);
    if (!this.#sink && this.#isEnough()) {
      this.#understand();
      this.#feedHeld();
    }
  }

  #takeText(chunk: string): void {
    this.#take(this.#tokenizer.push(chunk.slice(this.#skip)));
    this.#skip = 0;
    this.#characters += chunk.length;
  }

  #isEnough(): boolean {
    const fewest = this.#characters < longSample ? sampleRows : 3;
    return this.#held.length >= fewest && this.#held.filter((row) => !isBlank(row)).length >= fewest;
  }

  end(): Dataset {
    this.#take(this.#tokenizer.end());
    if (!this.#sink) {
      this.#understand();
      this.#feedHeld();
    }
    const { plan } = this.#context!;
    if (plan.layout === 'single' && plan.time === null && plan.names.length > 1)
      this.#footer.refuse(this.fileName);
    const { instances, findings, time, features, maskOrigin } = this.#sink!.finish();
    const named = features ?? plan.features.map(({ name }) => name);
    if (instances.length === 0) {
      throw new Refusal('no-rows', `${this.fileName} has column names but no rows of data.`);
    }
    return {
      format: 'csv',
      layout: plan.layout,
      features: named,
      ...(plan.layout !== 'transposed' && { columns: plan.names }),
      instances,
      ...(plan.layout === 'single' || plan.layout === 'long' ? { cells: this.#cells(plan) } : {}),
      ...(time && { time }),
      maskOrigin: maskColumn(plan.names, plan.mask ?? plan.length) ?? maskOrigin,
      findings: [...this.#findings, ...this.#remarks.findings(this.fileName), ...plan.findings, ...findings],
      plan: planOfTable(this.fileName, this.#read(), { instances, features: named }, this.options),
    };
  }

  #read() {
    const { plan, decimalComma } = this.#context!;
    return { plan, decimalComma, form: this.#form!, dialect: this.#dialect, rows: this.#first };
  }

  #cells({ features }: Plan): CellPlaces {
    return {
      delimiter: this.#dialect.delimiter,
      columns: features.map(({ column }) => column),
    };
  }

  #take(rows: readonly CsvRow[]): void {
    for (const row of rows) {
      if (!isBlank(row) && this.#remarks.take(row)) continue;
      if (this.#sink) {
        this.#feed(this.#sink, row);
      } else if (this.#held.length > 0 || !isBlank(row)) {
        this.#held.push(row);
      }
    }
  }

  /** Blank lines are skipped, but in a file of one column one between two values is a missing value. */
  #feed(sink: RowSink, row: CsvRow): void {
    // Where a column names the instance, a row without a value belongs to none.
    if (isBlank(row) || (this.#hasCases && isCleared(row))) {
      if (this.#gap && this.#context?.plan.names.length === 1) {
        this.#gap.push(row);
      }
      if (!this.#isGap) sink.gap?.();
      this.#isGap = true;
      return;
    }
    const { comment } = this.#form!;
    if (comment !== undefined && row.cells[0]!.trimStart().startsWith(comment)) return;
    this.#closeGap(sink);
    this.#seen(row.line);
    sink.push(row);
  }

  #seen(line: number): void {
    this.#footer.see(line, this.#isGap);
    this.#isGap = false;
  }

  #closeGap(sink: RowSink): void {
    for (const blank of this.#gap ?? []) {
      sink.push(blank);
    }
    this.#gap = [];
  }

  /** Makes plan and sink; afterwards the rows of data are held. */
  #understand(): void {
    const find = (options: DataOptions) => firstTable(this.fileName, this.#held, this.#dialect, options);
    const table = find(this.options);
    const { form, sample, decimalComma } = table;
    this.#form = form;
    this.#findings.push(...table.findings);
    const plan = atLine(this.fileName, form.header[0]?.line, () => planAsSaid(table, find, this.options));
    this.#first = sample.rows.slice(0, 5);
    this.#context = {
      ...{ fileName: this.fileName, path: this.#path, delimiter: this.#dialect.delimiter, plan },
      timeUnit: plan.time === null || form.rowNames ? undefined : form.units?.cells[plan.time],
      decimalComma,
      missing: this.options.missing ?? 'refuse',
      lengthSide: this.options.lengthColumn?.side ?? 'end',
      windows: this.options.window !== undefined,
      ...{ input: this.options.input, split: this.options.split },
    };
    this.#sink = watched(sinkFor(this.#context), this.#context, sample, this.options);
    this.#held.splice(0, this.#held.indexOf(form.first!));
  }

  #feedHeld(): void {
    for (const row of this.#held) {
      this.#feed(this.#sink!, row);
    }
    this.#held.length = 0;
  }

  get #hasCases(): boolean {
    const plan = this.#context?.plan;
    return plan?.layout === 'long' && plan.case.length > 0;
  }
}

function maskColumn(names: readonly string[], column: number | null): string | undefined {
  return column === null ? undefined : `column ${names[column]}`;
}
