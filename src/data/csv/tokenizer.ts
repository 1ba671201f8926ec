import Papa from 'papaparse';
import type { Refusal } from '../../refusal.ts';
import type { Dialect } from './dialect.ts';
import { badLine } from './refusedLine.ts';
import { TextBounds } from './textBounds.ts';

/** A row of the file, quotes resolved. */
export interface CsvRow {
  readonly cells: readonly string[];
  /** 1-based line on which the row begins. */
  readonly line: number;
}

/** More text than this without the end of a row means a quote that is never closed. */
const longestRow = 32 * 2 ** 20;

/**
 * Cuts text that comes in chunks into rows, counting lines through quoted line breaks and blank lines.
 * Papa's public entry points read a stream to its end by themselves; its Parser, one chunk at a time, leaves
 * progress, cancelling and memory to us.
 */
export class CsvTokenizer {
  readonly #parser: Papa.Parser;
  readonly #dialect: Dialect;
  readonly #name: string;
  readonly #bounds: TextBounds;
  #rest = '';
  #line: number;

  /** @param firstLine 1-based line of the first character that will be pushed */
  constructor(name: string, dialect: Dialect, firstLine = 1) {
    const { delimiter, quote } = dialect;
    this.#parser = new Papa.Parser({ delimiter, newline: '\n', quoteChar: quote });
    this.#dialect = dialect;
    this.#name = name;
    this.#bounds = new TextBounds(name, delimiter, firstLine);
    this.#line = firstLine;
  }

  /** Whether all text so far ended with a row. */
  get isBetweenRows(): boolean {
    return this.#rest === '';
  }

  /** 1-based line of what comes next. */
  get line(): number {
    return this.#line;
  }

  /** Where somebody else has read, or will read anew. @param line 1-based, of what comes next */
  goTo(line: number): void {
    this.#line = line;
    this.#bounds.goTo(line);
  }

  /** The rows that are complete. @throws Refusal `bad-quotes`, `too-many-columns`, `blank-lines` */
  push(text: string): CsvRow[] {
    this.#bounds.look(text);
    // A row that goes on is looked at when its end has come.
    if (this.#rest.length <= longestRow && !text.includes('\n')) {
      this.#rest += text;
      return [];
    }
    return this.#cut(this.#rest + text, false);
  }

  /** The last row, where no line break ends it. */
  end(): CsvRow[] {
    return this.#rest === '' ? [] : this.#cut(this.#rest, true);
  }

  #cut(text: string, last: boolean): CsvRow[] {
    if (this.#dialect.delimiter === ' ') return this.#cutAtBlanks(text, last);
    const { data, errors, meta } = this.#parser.parse(text, 0, !last) as Papa.ParseResult<string[]>;
    const quoted = text.includes(this.#dialect.quote);
    const rows: CsvRow[] = [];
    const badRow = errors.reduce((first, { row }) => Math.min(first, row ?? 0), Number.POSITIVE_INFINITY);
    for (const [index, cells] of data.entries()) {
      if (index === badRow) {
        throw this.#badQuotes();
      }
      rows.push({ cells: this.#dialect.lineEnd === '' ? cells : withoutEnd(cells), line: this.#line });
      this.#line += 1 + (quoted ? lineBreaks(cells) : 0);
    }
    this.#rest = last ? '' : text.slice(meta.cursor);
    if (this.#rest.length > longestRow) {
      throw this.#badQuotes();
    }
    return rows;
  }

  /** Runs of blanks part the cells; what stands in quotes is one cell. */
  #cutAtBlanks(text: string, last: boolean): CsvRow[] {
    const lines = text.split('\n');
    this.#rest = last ? '' : lines.pop()!;
    if (last && lines.at(-1) === '') lines.pop();
    return lines.map((line) => {
      const bare = this.#dialect.lineEnd === '' ? line : line.replace(/;\s*$/, '');
      return { cells: atBlanks(bare.trim(), this.#dialect.quote), line: this.#line++ };
    });
  }

  #badQuotes(): Refusal {
    return badLine(
      this.#name,
      this.#line,
      'bad-quotes',
      `a quoted cell in this row is not closed properly; double the quotes inside it or remove the stray one.`,
    );
  }
}

/** The cells between runs of blanks. Once a quote is not closed before a blank, quotes mean nothing on the rest of the line. */
function atBlanks(line: string, quote: '"' | "'"): string[] {
  if (!line.includes(quote)) return line.split(/[ \t]+/);
  const cells: string[] = [];
  let [at, mayQuote] = [0, true];
  while (at < line.length) {
    const end = mayQuote && line[at] === quote ? closing(line, quote, at + 1) : -1;
    mayQuote &&= line[at] !== quote || isBlankAt(line, end + 1);
    if (mayQuote && end > 0) cells.push(line.slice(at + 1, end).replaceAll(quote + quote, quote));
    let to = mayQuote && end > 0 ? end + 1 : at;
    while (!isBlankAt(line, to)) to++;
    if (!mayQuote || end < 0) cells.push(line.slice(at, to));
    at = to;
    while (at < line.length && isBlankAt(line, at)) at++;
  }
  return cells;
}

/** Where the quote closes, past doubled ones; -1 nowhere. */
function closing(line: string, quote: string, from: number): number {
  let at = line.indexOf(quote, from);
  while (at >= 0 && line[at + 1] === quote) at = line.indexOf(quote, at + 2);
  return at;
}

function isBlankAt(line: string, at: number): boolean {
  return at >= line.length || line[at] === ' ' || line[at] === '\t';
}

/** Without the semicolon that ends the line. */
function withoutEnd(cells: readonly string[]): string[] {
  return [...cells.slice(0, -1), cells.at(-1)!.replace(/;\s*$/, '')];
}

function lineBreaks(cells: readonly string[]): number {
  let breaks = 0;
  for (const cell of cells) {
    for (let at = cell.indexOf('\n'); at >= 0; at = cell.indexOf('\n', at + 1)) {
      breaks++;
    }
  }
  return breaks;
}
