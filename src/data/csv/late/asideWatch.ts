import { isMissing, notNumeric, parseCell } from '../cell.ts';
import type { CsvContext } from '../rowSink.ts';
import { lateColumn } from './lateColumn.ts';
import type { LateWatch, WatchedRow } from './watch.ts';

/** A column that was left aside because its first rows are blank or text, of which the others may hold numbers. */
export class AsideWatch implements LateWatch {
  readonly columns: readonly number[];
  readonly wantsPoints = false;
  #text = 0;
  #numbers = 0;
  #first: number | undefined;

  constructor(
    private readonly context: CsvContext,
    private readonly column: number,
  ) {
    this.columns = [column];
  }

  see(row: WatchedRow): void {
    const cell = row.text(this.column);
    if (isMissing(cell)) return;
    const value = parseCell(cell, this.context.decimalComma);
    if (value === notNumeric) this.#text++;
    else if (!Number.isNaN(value)) {
      this.#numbers++;
      this.#first ??= row.line;
    }
  }

  end(): void {
    if (this.#first === undefined || this.#text >= this.#numbers) return;
    const { context, column } = this;
    const what = `numbers begin here, in a column that was left aside because its first rows hold none`;
    throw lateColumn(context, this.#first, column, what);
  }
}
