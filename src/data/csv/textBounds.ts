import { Refusal } from '../../refusal.ts';

/** Steps of a series in a row, or features: none that a model takes has more. */
const MOST_COLUMNS = 100_000;
/** Between two values; a file of nothing else takes minutes to be cut into rows. */
const MOST_BLANK_LINES = 1_000_000;

/**
 * What makes a text of a few megabytes take minutes is refused while it comes in, before it is cut: rows of millions of
 * cells, and line breaks with nothing between them.
 */
export class TextBounds {
  #line: number;
  #cells = 0;
  #blank = 0;

  constructor(
    private readonly fileName: string,
    private readonly delimiter: string,
    firstLine: number,
  ) {
    this.#line = firstLine;
  }

  /** The 1-based line of what comes next, where rows were read without it. */
  goTo(line: number): void {
    this.#line = line;
    this.#cells = 0;
  }

  /** @throws Refusal `too-many-columns`, `blank-lines` */
  look(text: string): void {
    let from = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
      if (this.#cells > 0 || end - from >= MOST_COLUMNS) this.#count(text, from, end);
      const blank = end === from || (end - from < 4 && text.slice(from, end).trim() === '');
      if (blank && this.#cells === 0 && ++this.#blank > MOST_BLANK_LINES) {
        throw new Refusal(
          'blank-lines',
          `${this.fileName} has more than a million blank lines (reached at line ${this.#line}); remove them.`,
        );
      }
      this.#cells = 0;
      this.#line++;
      from = end + 1;
    }
    this.#count(text, from, text.length);
  }

  #count(text: string, from: number, end: number): void {
    for (
      let at = text.indexOf(this.delimiter, from);
      at >= 0 && at < end;
      at = text.indexOf(this.delimiter, at + 1)
    ) {
      if (++this.#cells > MOST_COLUMNS) {
        throw new Refusal(
          'too-many-columns',
          `${this.fileName}, line ${this.#line}: the row has more than ${MOST_COLUMNS.toLocaleString('en-US')} cells, more than any series has steps; check the delimiter, or give one row a step.`,
        );
      }
    }
  }
}
