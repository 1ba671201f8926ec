import type { Finding } from '../../finding.ts';
import type { DataOptions } from '../dataOptions.ts';
import { rate } from './bodyWidth.ts';
import { notNumeric, numberOrNaN, parseCell } from './cell.ts';
import { hasHeader } from './header.ts';
import { isFramedHeader, isHeaderOfNumbers } from './headerOfNumbers.ts';
import { headLines } from './headLines.ts';
import { refuseLabelRow } from './labelRow.ts';
import { namesOf, saysOfData } from './namesOf.ts';
import { numericPreamble } from './numericPreamble.ts';
import type { CsvRow } from './tokenizer.ts';
import { refuseCutNumbers, refuseShortNames } from './unevenNames.ts';

/** Where in a text file the table begins. */
export interface TableForm {
  /** Rows with the names; of two the upper one groups the lower. */
  readonly header: readonly CsvRow[];
  readonly units?: CsvRow;
  /** The first row of data. */
  readonly first: CsvRow | undefined;
  /** Every row has a name of its own before the first column, which the header leaves out. */
  readonly rowNames: boolean;
  /** Lines that begin with it are no rows. */
  readonly comment?: string;
  readonly findings: readonly Finding[];
}

/** Lines before the table that may say what it is. */
export const longestPreamble = 60;
const ROWS_LOOKED_AT = 40;
/** Names, and what devices write below them: kind, unit. */
const MOST_TEXTS = 4;

/**
 * Finds names and data by their form: the data are the rows of one width that go on to the end; the names are the last
 * row of text before them, of the same width or one less (row names); what stands before is preamble.
 * @param rows without blank ones
 * @throws Refusal `names-short`, `cut-numbers`, `label-row`
 */
export function findTable(
  fileName: string,
  rows: readonly CsvRow[],
  options: DataOptions,
  decimalComma: boolean,
): TableForm {
  if (options.header !== undefined || options.skip !== undefined) {
    return givenForm(rows, options, decimalComma);
  }
  const lines = rows.filter((row) => !isRule(row));
  const { rest, comment, header } = headLines(lines);
  const skippedComments = lines.length - rest.length;
  const plain = { rowNames: false, ...(comment !== undefined && { comment }) };
  const find = new Finder(rest.slice(0, longestPreamble + 40), decimalComma);
  if (header) {
    const units = find.isText(rest[0], header.cells.length) ? rest[0] : undefined;
    const form = { ...plain, header: [header], units, first: rest[units ? 1 : 0] };
    return { ...form, findings: said(fileName, rows, form) };
  }
  const body = find.body();
  if (body === undefined) {
    const named = hasHeader(
      rest.map(({ cells }) => cells),
      decimalComma,
    );
    const form = { ...plain, header: named ? rest.slice(0, 1) : [], first: rest[named ? 1 : 0] };
    return { ...form, findings: skippedComments > 0 ? said(fileName, rows, form) : [] };
  }
  const texts = find.textsBefore(body);
  if (texts.length === 0) {
    refuseCutNumbers(fileName, rest[body - 1], rest.slice(body, body + ROWS_LOOKED_AT));
    return headless(fileName, rows, rest, body, plain, decimalComma);
  }
  const rowNames = find.hasRowNames(texts, body);
  if (rowNames) {
    refuseShortNames(fileName, texts.at(-1)!, rest.slice(body, body + ROWS_LOOKED_AT), decimalComma);
  }
  const form = { ...plain, ...namesOf(texts), first: rest[body], rowNames };
  refuseLabelRow(fileName, form);
  return { ...form, findings: said(fileName, rows, form) };
}

/** A line of dashes, as Markdown and databases draw it under the names. */
function isRule({ cells }: CsvRow): boolean {
  if (!cells.every((cell) => /^[-+=:|\s]*$/.test(cell))) return false;
  const drawn = cells.map((cell) => cell.trim()).join('');
  return /^[-+=:| ]{3,}$/.test(drawn) && drawn.includes('--');
}

/** What "header", "skip" and "units" say. */
function givenForm(rows: readonly CsvRow[], options: DataOptions, decimalComma: boolean): TableForm {
  const rest = rows.filter(({ line }) => line > (options.skip ?? 0));
  const named =
    options.header ??
    hasHeader(
      rest.map(({ cells }) => cells),
      decimalComma,
    );
  const units = named && options.units === true ? rest[1] : undefined;
  return {
    header: named ? rest.slice(0, 1) : [],
    units,
    first: rest[(named ? 1 : 0) + (units ? 1 : 0)],
    rowNames: false,
    findings: [],
  };
}

/** No row of text before the data: the first one may still hold names in numbers, or what a device puts there. */
function headless(
  fileName: string,
  rows: readonly CsvRow[],
  rest: readonly CsvRow[],
  body: number,
  plain: { readonly rowNames: boolean; readonly comment?: string },
  decimalComma: boolean,
): TableForm {
  const numbers = rest.slice(body).map(({ cells }) => cells.map((cell) => numberOrNaN(cell, decimalComma)));
  const skipped = numericPreamble(numbers);
  const texts = rest
    .slice(body)
    .map(({ cells }) => cells.map((cell) => parseCell(cell, decimalComma) === notNumeric));
  const named =
    skipped === 0 &&
    (isHeaderOfNumbers(numbers) ||
      isFramedHeader(
        numbers,
        rest.slice(body).map(({ cells }) => cells),
      ) ||
      hasWordAbove(texts, numbers));
  const first = body + skipped + (named ? 1 : 0);
  const form = { ...plain, header: named ? [rest[body]!] : [], first: rest[first] };
  return {
    ...form,
    findings: named && skipped === 0 && body === 0 ? [] : said(fileName, rows, form, skipped),
  };
}

/** A word that stands in the first row alone, over numbers: `Unnamed: 0` beside columns that are called by numbers. */
function hasWordAbove(
  texts: readonly (readonly boolean[])[],
  numbers: readonly (readonly number[])[],
): boolean {
  const [first, ...below] = texts;
  return (
    first !== undefined &&
    below.length > 2 &&
    first.some(
      (isText, column) =>
        isText &&
        !below.some((row) => row[column]) &&
        numbers.slice(1).every((row) => !Number.isNaN(row[column])),
    )
  );
}

/** Looks for the first row of the data among the first rows. */
class Finder {
  readonly #width: number;

  constructor(
    private readonly rows: readonly CsvRow[],
    private readonly decimalComma: boolean,
  ) {
    this.#width = rate(rows.map(({ cells }) => cells.length)).width;
  }

  /** Index of the first row of data; undefined where the rows have no common form. */
  body(): number | undefined {
    const at = this.rows.findIndex(
      (row, index) =>
        this.#isData(row) &&
        !this.rows.slice(index + 1, index + 6).some((next) => this.isText(next, this.#width)),
    );
    const rest = this.rows.slice(Math.max(0, at));
    const regular = rest.filter(({ cells }) => cells.length === this.#width).length;
    if (at < 0 || rest.length < 2 || regular < rest.length * 0.8) return undefined;
    return at + (saysOfData(this.rows[at]!.cells) ? 1 : 0);
  }

  /** The rows of text right before the data that are as wide, or one cell less. */
  textsBefore(body: number): CsvRow[] {
    const texts: CsvRow[] = [];
    for (let at = body - 1; at >= 0 && texts.length < MOST_TEXTS; at--) {
      const row = this.#ending(this.rows[at]!, body);
      if (!this.isText(row, this.#width) && !(texts.length === 0 && this.isText(row, this.#width - 1))) break;
      texts.unshift(row);
    }
    return texts;
  }

  /** A delimiter at the end of the names alone, or of the data alone, parts nothing; LabVIEW names comments that no row has. */
  #ending(row: CsvRow, body: number): CsvRow {
    const { cells, line } = row;
    const isLonger = cells.length === this.#width + 1 && /^\s*(comments?)?$/i.test(cells.at(-1)!);
    if (isLonger) return { cells: cells.slice(0, -1), line };
    return cells.length === this.#width - 1 && this.#endsBlank(body) ? { cells: [...cells, ''], line } : row;
  }

  /** Every row of data ends in a blank cell, and none begins with a name of its own, which would lack above it, too. */
  #endsBlank(body: number): boolean {
    const rows = this.rows.slice(body).filter(({ cells }) => cells.length === this.#width);
    const firsts = rows.map(({ cells }) => numberOrNaN(cells[0]!, this.decimalComma));
    const counts = firsts.every((first, at) => at === 0 || first === firsts[at - 1]! + 1);
    return (
      rows.length > 1 &&
      rows.every(({ cells }) => cells.at(-1)!.trim() === '') &&
      !(counts && (firsts[0] === 0 || firsts[0] === 1)) &&
      !firsts.some(Number.isNaN)
    );
  }

  hasRowNames(texts: readonly CsvRow[], body: number): boolean {
    return texts.at(-1)!.cells.length === this.rows[body]!.cells.length - 1;
  }

  /** Some text, no number. */
  isText(row: CsvRow | undefined, width: number): boolean {
    if (row?.cells.length !== width || width === 0) return false;
    const kinds = row.cells.map((cell) => parseCell(cell, this.decimalComma));
    return (
      kinds.some((kind) => kind === notNumeric) &&
      kinds.every((kind) => kind === notNumeric || Number.isNaN(kind))
    );
  }

  #isData({ cells }: CsvRow): boolean {
    return (
      cells.length === this.#width &&
      cells.some((cell) => {
        const value = parseCell(cell, this.decimalComma);
        return value !== notNumeric && !Number.isNaN(value);
      })
    );
  }
}

/** What was not taken for data is said. */
function said(
  fileName: string,
  rows: readonly CsvRow[],
  { header, units, first, rowNames }: Omit<TableForm, 'findings'>,
  skipped = 0,
): Finding[] {
  const findings: Finding[] = [];
  const begin = header[0]?.line ?? first?.line ?? 1;
  const before = rows.filter(({ line }) => line < begin);
  const say = (code: string, sentence: string): number =>
    findings.push({ code, severity: 'info', sentence: `${fileName}: ${sentence}` });
  if (before.length > 0) {
    const what =
      skipped > 0
        ? 'hold one number in every column, as start time and sampling rate do, and are'
        : before.length === 1
          ? 'is'
          : 'are';
    say(
      'preamble-skipped',
      `${lines(before)} before the ${header.length > 0 ? `names of the columns (line ${begin})` : 'data'} ${what} left aside; set "skip" under "data" to the number of lines to leave out if that is wrong.`,
    );
  }
  if (header.length > 1)
    say(
      'header-rows',
      `${lines(header)} are both names: each column is called by its group and its own name.`,
    );
  if (units && header.length > 0)
    say(
      'units-skipped',
      `line ${units.line} stands below the names without a number and is left aside (units).`,
    );
  if (rowNames)
    say(
      'row-names',
      'every row has one cell more than the header: the first is taken as its row name and left aside.',
    );
  return findings;
}

function lines(rows: readonly CsvRow[]): string {
  return rows.length === 1 ? `line ${rows[0]!.line}` : `lines ${rows[0]!.line} to ${rows.at(-1)!.line}`;
}
