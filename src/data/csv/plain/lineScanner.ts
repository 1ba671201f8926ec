import { DateScanner } from './dateScanner.ts';
import { type CellReader, cellReader, type ScannedCell } from './numberScanner.ts';
import { RememberedText } from './rememberedText.ts';

/** plain: every wanted cell is read; odd: a cell is no plain number, or there are too few or too many; quoted: quotes that may hold anything. */
type Scanned = 'plain' | 'odd' | 'quoted';

const LF = 10;
const CR = 13;

interface Wanted {
  readonly delimiter: string;
  readonly quote: string;
  /** null: a number with any is odd. */
  readonly decimalSign: '.' | ',' | null;
  /** Cells that a row has. */
  readonly width: number;
  /** Columns that are read as numbers, and as text. */
  readonly numbers: Iterable<number>;
  readonly texts: Iterable<number>;
  readonly encoding: string;
}

const NUMBER = 1;
const TEXT = 2;

/**
 * Reads the cells of one line from its bytes, without making text of them: what nearly every line of a large file is.
 * Numbers are those that `Number` gives for the same text.
 */
export class LineScanner {
  /** The numbers of the line scanned last, by column. */
  readonly numbers: Float64Array;
  /** Where the next line begins. */
  next = 0;
  readonly #width: number;
  readonly #role: Uint8Array;
  readonly #starts: Int32Array;
  readonly #ends: Int32Array;
  readonly #delimiter: number;
  readonly #quote: number;
  readonly #read: CellReader;
  readonly #cell: ScannedCell = { value: 0, at: 0 };
  readonly #texts: RememberedText[];
  readonly #dates = new DateScanner();
  #bytes: Uint8Array = new Uint8Array();

  constructor({ delimiter, quote, decimalSign, width, numbers, texts, encoding }: Wanted) {
    this.#width = width;
    this.numbers = new Float64Array(width);
    this.#role = new Uint8Array(width);
    for (const column of numbers) this.#role[column] = NUMBER;
    for (const column of texts) this.#role[column] = TEXT;
    this.#starts = new Int32Array(width);
    this.#ends = new Int32Array(width);
    this.#delimiter = delimiter.charCodeAt(0);
    this.#quote = quote.charCodeAt(0);
    this.#read = cellReader(decimalSign);
    this.#texts = Array.from({ length: width }, () => new RememberedText(encoding));
  }

  /** @param bytes whole lines, each with its line break */
  scan(bytes: Uint8Array, from: number): Scanned {
    this.#bytes = bytes;
    const width = this.#width;
    let at = from;
    for (let column = 0; column < width; column++) {
      at = this.#role[column] === NUMBER ? this.#number(column, at) : this.#text(column, at);
      if (at < 0) return at === ODD ? 'odd' : 'quoted';
      const end = bytes[at];
      if (column < width - 1) {
        if (end !== this.#delimiter) return 'odd';
        at++;
      } else if (end === CR && bytes[at + 1] === LF) {
        this.next = at + 2;
      } else if (end === LF) {
        this.next = at + 1;
      } else {
        return 'odd';
      }
    }
    return 'plain';
  }

  /** The text of a cell of the line scanned last, blanks around it left off; detached from the file's bytes. */
  text(column: number): string {
    return this.#texts[column]!.of(this.#bytes, this.#starts[column]!, this.#ends[column]!);
  }

  /** ms of the date in a cell of the line scanned last; NaN where only its text tells. */
  date(column: number): number {
    const [start, end] = [this.#starts[column]!, this.#ends[column]!];
    const quick = this.#dates.read(this.#bytes, start, end);
    if (Number.isNaN(quick)) this.#dates.learn(this.#bytes, start, end, this.text(column));
    return quick;
  }

  /** @returns where the cell ends */
  #number(column: number, from: number): number {
    const bytes = this.#bytes;
    const cell = this.#cell;
    const quoted = bytes[from] === this.#quote;
    cell.at = quoted ? from + 1 : from;
    if (!this.#read(bytes, cell, this.#delimiter)) return bytes[cell.at] === this.#quote ? QUOTED : ODD;
    this.numbers[column] = cell.value;
    if (!quoted) return cell.at;
    return bytes[cell.at] === this.#quote ? cell.at + 1 : QUOTED;
  }

  #text(column: number, from: number): number {
    const bytes = this.#bytes;
    const delimiter = this.#delimiter;
    const quote = this.#quote;
    const quoted = bytes[from] === quote;
    let at = quoted ? from + 1 : from;
    this.#starts[column] = at;
    for (; at < bytes.length; at++) {
      const byte = bytes[at]!;
      if (quoted ? byte === quote : byte === delimiter) break;
      if (byte === LF || (byte === CR && bytes[at + 1] === LF)) break;
    }
    this.#ends[column] = at;
    if (!quoted) return at;
    if (bytes[at] !== quote) return QUOTED;
    const after = bytes[at + 1];
    return after === delimiter || after === LF || after === CR ? at + 1 : QUOTED;
  }
}

const ODD = -1;
const QUOTED = -2;
