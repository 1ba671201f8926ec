import Papa from 'papaparse';
import { Refusal } from '../../refusal.ts';
import type { Delimiter } from '../dataOptions.ts';
import { TextBounds } from './textBounds.ts';

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
  readonly #name: string;
  readonly #bounds: TextBounds;
  #rest = '';
  #line: number;

  /** @param firstLine 1-based line of the first character that will be pushed */
  constructor(name: string, delimiter: Delimiter, firstLine = 1) {
    this.#parser = new Papa.Parser({ delimiter, newline: '\n' });
    this.#name = name;
    this.#bounds = new TextBounds(name, delimiter);
    this.#line = firstLine;
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
    const { data, errors, meta } = this.#parser.parse(text, 0, !last) as Papa.ParseResult<string[]>;
    const quoted = text.includes('"');
    const rows: CsvRow[] = [];
    const badRow = Math.min(...errors.map(({ row }) => row ?? 0));
    for (const [index, cells] of data.entries()) {
      if (index === badRow) {
        throw this.#badQuotes();
      }
      rows.push({ cells, line: this.#line });
      this.#line += 1 + (quoted ? lineBreaks(cells) : 0);
    }
    this.#rest = last ? '' : text.slice(meta.cursor);
    if (this.#rest.length > longestRow) {
      throw this.#badQuotes();
    }
    return rows;
  }

  #badQuotes(): Refusal {
    return new Refusal(
      'bad-quotes',
      `${this.#name}, line ${this.#line}: a quoted cell in this row is not closed properly; double the quotes inside it or remove the stray one.`,
    );
  }
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
