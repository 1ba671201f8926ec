import type { Refusal } from '../../refusal.ts';
import { type CsvContext, type PlainRow, refusedCell } from './rowSink.ts';
import { readingOf, type TimeReading, timeIn } from './timeCell.ts';
import type { CsvRow } from './tokenizer.ts';

/** The instance that each row belongs to: by the case columns, or from one place to the next where rows are split. */
export class CaseIds {
  readonly #context: CsvContext;
  /** Of instances that are split. */
  #number = 0;
  #last = Number.NaN;
  #reading: TimeReading | undefined;

  constructor(context: CsvContext) {
    this.#context = context;
  }

  /** @throws Refusal `blank-case` */
  of({ cells, line }: CsvRow): string {
    const { plan, decimalComma } = this.#context;
    const { case: cases, time } = plan;
    if (cases.length === 0) {
      const cell = time === null ? '' : (cells[time] ?? '').trim();
      this.#reading ??= readingOf(cell, decimalComma, plan.dates);
      return this.#split(() => timeIn(cell, this.#reading!, decimalComma) ?? Number.NaN);
    }
    const blank = cases.find((column) => cells[column]!.trim() === '');
    if (blank !== undefined) throw this.#blankCase(line, blank);
    if (cases.length === 1) return cells[cases[0]!]!.trim();
    return cases.map((column) => cells[column]!.trim()).join(' / ');
  }

  /** @throws Refusal `blank-case` */
  ofPlain(row: PlainRow): string {
    const { plan, decimalComma } = this.#context;
    const { case: cases, time } = plan;
    if (cases.length === 0) {
      const isNumber = this.#reading === 'number';
      return this.#split(() =>
        isNumber
          ? row.numbers[time!]!
          : (timeIn(row.text(time!), this.#reading!, decimalComma) ?? Number.NaN),
      );
    }
    const id = row.text(cases[0]!);
    if (cases.length === 1 && id !== '') return id;
    const blank = cases.find((column) => row.text(column) === '');
    if (blank !== undefined) throw this.#blankCase(row.line, blank);
    return cases.map((column) => row.text(column)).join(' / ');
  }

  /** A blank line stands before the next row. */
  gap(): void {
    if (this.#context.split === 'blank') this.#number++;
  }

  #split(time: () => number): string {
    if (this.#context.split === 'time' && this.#context.plan.time !== null) {
      const now = time();
      if (now < this.#last) this.#number++;
      if (!Number.isNaN(now)) this.#last = now;
    }
    return String(this.#number);
  }

  #blankCase(line: number, column: number): Refusal {
    return refusedCell(this.#context, line, column, 'blank-case', 'the case is blank');
  }
}
