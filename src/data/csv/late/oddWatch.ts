import { isMissing, numberOrNaN } from '../cell.ts';
import type { OddColumn } from '../planning.ts';
import type { CsvContext } from '../rowSink.ts';
import { shorten } from '../shorten.ts';
import { lateColumn } from './lateColumn.ts';
import type { LateWatch, WatchedRow } from './watch.ts';

/** A column that was left aside because its first rows count, number the labels, or stay the same in each instance. */
export class OddWatch implements LateWatch {
  readonly columns: readonly number[];
  readonly wantsPoints = false;
  readonly #column: number;
  /** Of a case, or of a label, the cell seen last. */
  readonly #cells = new Map<string, string>();
  /** Of a case, the first number of a column that counts. */
  readonly #first = new Map<string, number>();
  readonly #labels = new Map<string, string>();

  constructor(
    private readonly context: CsvContext,
    private readonly odd: OddColumn,
  ) {
    this.#column = odd.column;
    const { label, case: cases } = context.plan;
    const others = odd.why === 'code' ? (label === null ? [] : [label]) : cases;
    this.columns = [odd.column, ...others];
  }

  see(row: WatchedRow): void {
    const cell = row.text(this.#column);
    const key = this.columns
      .slice(1)
      .map((column) => row.text(column))
      .join('\n');
    const before = this.#cells.get(key);
    if (before === cell || isMissing(cell) || (this.odd.why === 'code' && isMissing(key))) return;
    this.#cells.set(key, cell);
    if (this.odd.why === 'code') this.#code(row.line, cell, key, before);
    else if (before !== undefined && this.odd.why === 'static')
      this.#ask(
        row.line,
        `"${shorten(cell)}" follows "${shorten(before)}" within an instance, where it stayed the same`,
      );
    else if (before === undefined) this.#first.set(key, this.#number(cell));
    else this.#count(row.line, cell, before, this.#first.get(key)!);
  }

  end(): void {}

  #code(line: number, cell: string, label: string, before: string | undefined): void {
    const other = this.#labels.get(cell);
    this.#labels.set(cell, label);
    if (before !== undefined)
      this.#ask(
        line,
        `"${shorten(cell)}" stands beside the label "${shorten(label)}", where "${shorten(before)}" stood`,
      );
    if (other !== undefined && other !== label)
      this.#ask(
        line,
        `"${shorten(cell)}" stands beside the label "${shorten(label)}", and beside "${shorten(other)}"`,
      );
  }

  /** A clock may start again, or go over. */
  #count(line: number, cell: string, before: string, first: number): void {
    const now = this.#number(cell);
    if (now < this.#number(before) && now > first)
      this.#ask(line, `${shorten(cell)} follows ${shorten(before)}, where the numbers went forward`);
  }

  #number(cell: string): number {
    return numberOrNaN(cell, this.context.decimalComma);
  }

  #ask(line: number, what: string): never {
    const said = `${what}: the column was left aside as no signal by the look of the first rows`;
    throw lateColumn(this.context, line, this.#column, said);
  }
}
