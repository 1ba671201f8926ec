import type { Dialect } from '../dialect.ts';
import type { CsvContext, PlainRow, RowSink } from '../rowSink.ts';
import type { CsvRow } from '../tokenizer.ts';
import { hasLoneReturns, LF } from './lineEnds.ts';
import { LineScanner } from './lineScanner.ts';

/** Takes the rows of a piece in their order. */
export interface Taker {
  readonly plain: (row: PlainRow) => void;
  readonly row: (row: CsvRow) => void;
}

type Wants = Pick<RowSink, 'timeIsNumber' | 'texts' | 'wantsPoints'>;

/**
 * Reads whole lines from their bytes. Most lines of a large file are plain; one that is not becomes text, and from
 * quotes or blank lines on the rest of the piece is left to the tokenizer.
 */
export class PlainLines {
  readonly #scanner: LineScanner;
  readonly #dialect: Dialect;
  readonly #decoder: InstanceType<typeof TextDecoder>;

  readonly #wantsPoints: boolean;

  constructor({ plan, decimalComma }: CsvContext, dialect: Dialect, sink: Wants, encoding: string) {
    const { features, steps, time, label, mask, length } = plan;
    const { timeIsNumber, wantsPoints = false } = sink;
    const texts = [...plan.case, ...(label === null ? [] : [label]), ...(sink.texts ?? [])];
    this.#wantsPoints = wantsPoints;
    const timed = time === null ? [] : [time];
    this.#dialect = dialect;
    this.#decoder = new TextDecoder(encoding);
    this.#scanner = new LineScanner({
      ...dialect,
      decimalSign: decimalComma ? ',' : wantsPoints ? null : '.',
      encoding,
      width: plan.names.length,
      numbers: [
        ...(plan.layout === 'wide' ? steps : features.map(({ column }) => column)),
        ...(timeIsNumber ? timed : []),
        ...[mask, length].filter((column) => column !== null),
      ],
      texts: [...texts, ...(timeIsNumber ? [] : timed)],
    });
  }

  /** Whether it still reads what the rows are wanted for. */
  fitsTo({ wantsPoints = false }: Wants): boolean {
    return this.#wantsPoints === wantsPoints;
  }

  /** Whether lines of this dialect can be plain at all. */
  static fits({ delimiter, lineEnd }: Dialect, comment: string | undefined): boolean {
    return delimiter !== ' ' && lineEnd === '' && comment === undefined;
  }

  /**
   * @param bytes whole lines
   * @param firstLine 1-based line of the first
   * @returns how many bytes and lines were taken; what is left is for the tokenizer
   */
  take(bytes: Uint8Array, firstLine: number, to: Taker): { readonly bytes: number; readonly lines: number } {
    if (hasLoneReturns(bytes)) return { bytes: 0, lines: 0 };
    const scanner = this.#scanner;
    const row = {
      line: firstLine,
      numbers: scanner.numbers,
      text: (column: number) => scanner.text(column),
      date: (column: number) => scanner.date(column),
    };
    let at = 0;
    while (at < bytes.length) {
      const scanned = scanner.scan(bytes, at);
      if (scanned === 'plain') {
        to.plain(row);
        at = scanner.next;
      } else {
        const end = bytes.indexOf(LF, at);
        const text = scanned === 'odd' ? this.#decoder.decode(bytes.subarray(at, end)) : '';
        if (text.trim() === '' || text.includes(this.#dialect.quote)) break;
        to.row({ cells: text.replace(/\r$/, '').split(this.#dialect.delimiter), line: row.line });
        at = end + 1;
      }
      row.line++;
    }
    return { bytes: at, lines: row.line - firstLine };
  }
}
