import type { Finding } from '../../finding.ts';
import { count } from '../../format.ts';
import { Refusal, type SourcePlace } from '../../refusal.ts';
import type { ExpectedInput, MissingPolicy } from '../dataOptions.ts';
import type { Instance, TimeColumn } from '../dataset.ts';
import { howToFill } from '../missing.ts';
import { unlessNoLabel } from '../noLabel.ts';
import { notNumeric, parseCell } from './cell.ts';
import { type Plan, roleOf } from './plan.ts';
import { shorten } from './shorten.ts';
import type { CsvRow } from './tokenizer.ts';

/** Takes the data rows one by one and makes instances of them at the end. */
export interface RowSink {
  push(row: CsvRow): void;
  /** The same for a row whose numbers have been read from the file's bytes. */
  pushPlain(row: PlainRow): void;
  /** A blank line stands before the next row. */
  gap?(): void;
  /** Whether times are read as numbers; known once a row has come. */
  readonly timeIsNumber: boolean;
  /** Columns whose text is wanted of every row, beside those that the plan makes texts. */
  readonly texts?: readonly number[];
  /** Rows in which a number has a point are to come as text: its meaning is not settled. */
  readonly wantsPoints?: boolean;
  finish(): {
    readonly instances: Instance[];
    readonly findings: Finding[];
    /** Where only the rows tell the features. */
    readonly features?: readonly string[];
    readonly time?: TimeColumn;
    /** Where the rows tell which steps are real. */
    readonly maskOrigin?: string | undefined;
  };
}

/** A row with a number in every column that is to hold one, none of them missing. */
export interface PlainRow {
  readonly line: number;
  /** By column. */
  readonly numbers: Float64Array;
  text(column: number): string;
  /** ms; NaN where only the text tells. */
  date(column: number): number;
}

/** What refusals and cells of one file are read with. */
export interface CsvContext {
  readonly fileName: string;
  readonly path: string;
  readonly delimiter: string;
  readonly plan: Plan;
  /** Of the time column, from a row of units. */
  readonly timeUnit?: string;
  readonly decimalComma: boolean;
  readonly missing: MissingPolicy;
  readonly lengthSide: 'end' | 'front';
  /** Whether series are cut into windows: labels may change. */
  readonly windows: boolean;
  readonly input: ExpectedInput | undefined;
  /** Where instances are parted that no column tells apart. */
  readonly split: 'time' | 'blank' | undefined;
}

/**
 * The number in a cell, NaN for a missing value.
 * @throws Refusal `not-numeric`
 */
export function numberIn(context: CsvContext, row: CsvRow, column: number): number {
  const { decimalComma } = context;
  const cell = row.cells[column] ?? '';
  const value = parseCell(cell, decimalComma);
  if (value !== notNumeric) {
    return value;
  }
  const sign = decimalComma
    ? ' (numbers in this file are written 1,5; set "decimal" under "data" if not)'
    : '';
  throw refusedCell(context, row.line, column, 'not-numeric', `"${shorten(cell)}" is not a number${sign}`);
}

/** A blank or strange cell where none is allowed. */
export function missingCell(context: CsvContext, row: CsvRow, column: number): Refusal {
  const cell = (row.cells[column] ?? '').trim();
  const what = cell === '' ? 'the cell is blank' : `"${shorten(cell)}" is no finite number`;
  return refusedCell(context, row.line, column, 'missing-value', `${what}; ${howToFill}`);
}

/** @throws Refusal `ragged-row` */
export function raggedRow(context: CsvContext, row: CsvRow): Refusal {
  const what = `${count(context.plan.names.length, 'cell')} expected, ${row.cells.length} found`;
  return refusedLine(context, row.line, 'ragged-row', what);
}

/** Whether what stands beyond the last column is blank, as behind a delimiter at the end of the line. */
export function hasOnlyBlanksBeyond({ cells }: CsvRow, width: number): boolean {
  return cells.slice(width).every((cell) => cell.trim() === '');
}

/** A cell that is at fault: the sentence says where, and the editor marks it. */
export function refusedCell(
  { fileName, path, delimiter, plan }: CsvContext,
  line: number,
  column: number,
  code: string,
  what: string,
): Refusal {
  const message = `${what}.`;
  return new Refusal(code, `${place(fileName, line, plan.names[column])}: ${message}`, {
    ...{ file: path, line, message },
    cell: { column, delimiter },
    columns: columnsOf(plan),
  });
}

/** A line that is at fault. */
export function refusedLine(
  { fileName, path, plan }: CsvContext,
  line: number,
  code: string,
  what: string,
): Refusal {
  const message = `${what}.`;
  return new Refusal(code, `${fileName}, line ${line}: ${message}`, {
    ...{ file: path, line, message },
    columns: columnsOf(plan),
  });
}

const MOST_COLUMNS = 200;
/** `1.0000000e+00`, as the archive of UCR writes its labels. */
const WITH_EXPONENT = /^[+-]?\d(\.\d*)?e[+-]?\d+$/i;

function columnsOf(plan: Plan): SourcePlace['columns'] {
  return plan.names.slice(0, MOST_COLUMNS).map((name, column) => ({ name, role: roleOf(plan, column) }));
}

/** `data.csv, line 3, column "f02"` */
function place(fileName: string, line: number, column: string | undefined): string {
  return `${fileName}, line ${line}, column "${column ?? ''}"`;
}

/** A copy that does not keep the whole chunk of text alive it was cut from. */
export function detached(cell: string): string {
  return Buffer.from(cell.trim(), 'utf8').toString('utf8');
}

/** A label as it stands, its number written with a point; '' where a word says that there is none. */
export function labelText(cell: string, { decimalComma }: Pick<CsvContext, 'decimalComma'>): string {
  const label = unlessNoLabel(cell.trim());
  if (WITH_EXPONENT.test(label)) return String(Number(label));
  return decimalComma && /^[+-]?\d+,\d+$/.test(label) ? label.replace(',', '.') : label;
}
