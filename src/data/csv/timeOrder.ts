import type { Finding } from '../../finding.ts';
import { agree, count } from '../../format.ts';
import type { Refusal } from '../../refusal.ts';
import { numberOrNaN } from './cell.ts';
import { ClockChange, INTERVALS_LOOKED_AT } from './clockChange.ts';
import { type CsvContext, type PlainRow, refusedCell, refusedLine } from './rowSink.ts';
import { shorten } from './shorten.ts';
import { kindOfTime, readingOf, type TimeReading, timeIn } from './timeCell.ts';
import type { CsvRow } from './tokenizer.ts';

/** What is remembered of a case to see that its time runs forward. */
export interface TimeSeen {
  first?: number;
  last?: number;
  lastLine?: number;
  /** Of the first intervals: how many, and the smallest. */
  intervals?: number;
  least?: number;
}

/** Sees to it that time runs forward within each case. Times that are neither numbers nor dates cannot be checked. */
export class TimeOrder {
  readonly #context: CsvContext;
  readonly #column: number;
  #reading: TimeReading | undefined;
  #repeats = 0;
  readonly #clock = new ClockChange();

  constructor(context: CsvContext, column: number) {
    this.#context = context;
    this.#column = column;
  }

  /** What the cells were read as; undefined before the first. */
  get reading(): TimeReading | undefined {
    return this.#reading;
  }

  /** @throws Refusal `time-order`, `bad-time` */
  check(row: CsvRow, seen: TimeSeen, caseId: string | undefined): void {
    const cell = (row.cells[this.#column] ?? '').trim();
    this.#reading ??= readingOf(cell, this.#context.decimalComma, this.#context.plan.dates);
    const time = timeIn(cell, this.#reading, this.#context.decimalComma);
    if (time === undefined) {
      return;
    }
    if (this.#isDate && seen.last === undefined) this.#clock.date(cell, row.line);
    const zeros = () =>
      this.#areZeros((column) => numberOrNaN(row.cells[column] ?? '', this.#context.decimalComma));
    this.#see(time, cell, row.line, seen, caseId, zeros);
  }

  /** The same for a row that is read from bytes. @throws Refusal as check */
  checkPlain(row: PlainRow, column: number, seen: TimeSeen, caseId: string | undefined): void {
    if (this.#reading === 'number') {
      const time = row.numbers[column]!;
      if (seen.last === undefined || time > seen.last) {
        if (seen.intervals !== INTERVALS_LOOKED_AT) this.#interval(time, row.line, seen);
        seen.first ??= time;
        seen.last = time;
        seen.lastLine = row.line;
      } else {
        const zeros = () => this.#areZeros((feature) => row.numbers[feature]!);
        this.#see(time, String(time), row.line, seen, caseId, zeros);
      }
    } else if (this.#reading !== 'text') {
      const quick = this.#reading === 'date' ? row.date(column) : Number.NaN;
      const cell = Number.isNaN(quick) ? row.text(column) : '';
      const time = cell === '' ? quick : timeIn(cell, this.#reading!, this.#context.decimalComma)!;
      if (this.#isDate && seen.last === undefined) this.#clock.date(row.text(column), row.line);
      const isForward = seen.last === undefined || time > seen.last;
      this.#see(time, isForward ? cell : row.text(column), row.line, seen, caseId);
    }
  }

  /** Whether times are read as numbers; known once a row has come. */
  get isNumber(): boolean {
    return this.#reading === 'number';
  }

  get #isDate(): boolean {
    return this.#reading !== undefined && kindOfTime(this.#reading) === 'date';
  }

  #areZeros(number: (column: number) => number): boolean {
    return this.#context.plan.features.every(({ column }) => number(column) === 0);
  }

  #see(
    time: number,
    cell: string,
    line: number,
    seen: TimeSeen,
    caseId: string | undefined,
    zeros: () => boolean = () => false,
  ): void {
    if (Number.isNaN(time)) {
      const what = cell === '' ? 'the time is blank' : `"${shorten(cell)}" is not a time like those before`;
      throw refusedCell(this.#context, line, this.#column, 'bad-time', what);
    }
    if (seen.last !== undefined && time < seen.last) {
      throw time === 0 && zeros() ? this.#zeroRow(line) : this.#backward(line, cell, seen, caseId);
    }
    if (seen.intervals !== INTERVALS_LOOKED_AT) this.#interval(time, line, seen);
    this.#repeats += seen.last === time ? 1 : 0;
    seen.first ??= time;
    seen.last = time;
    seen.lastLine = line;
  }

  #interval(time: number, line: number, seen: TimeSeen): void {
    if (seen.last === undefined) return;
    const interval = time - seen.last;
    if (interval > 0) seen.least = Math.min(seen.least ?? interval, interval);
    seen.intervals = (seen.intervals ?? 0) + 1;
    if (seen.intervals === INTERVALS_LOOKED_AT && seen.least !== undefined)
      this.#clock.interval(seen.least, line);
  }

  #zeroRow(line: number): Refusal {
    const what = 'the time goes back to 0 and every feature is 0, as in rows of padding';
    return refusedCell(
      ...([this.#context, line, this.#column, 'time-order'] as const),
      `${what}; leave these rows out, or leave time and features blank in them (then they are padding)`,
    );
  }

  get findings(): Finding[] {
    const { fileName, plan } = this.#context;
    const column = plan.names[this.#column];
    if (this.#reading === 'text') {
      const sentence = `${fileName}: column ${column} holds neither numbers nor dates, so the order of the steps is taken from the file unchecked.`;
      return [{ code: 'time-unchecked', severity: 'info', sentence }];
    }
    const changes = [...this.#clock.findings(fileName, column!), ...this.#orderFinding()];
    if (this.#repeats > 0) {
      const sentence = `${fileName}: ${count(this.#repeats, 'step')} ${agree(this.#repeats, 'has', 'have')} the same ${column} as the step before; ${agree(this.#repeats, 'it stays a step of its own', 'they stay separate steps')} in file order.`;
      return [{ code: 'time-repeats', severity: 'warning', sentence }, ...changes];
    }
    return changes;
  }

  /** No day over twelve told it. */
  #orderFinding(): Finding[] {
    const { fileName, plan } = this.#context;
    if (plan.dates === undefined || plan.dates.isSure) return [];
    const first = plan.dates.order === 'dmy' ? 'day' : 'month';
    const sentence = `${fileName}: no day over 12 tells which of day and month stands first in column ${plan.names[this.#column]}; they are read with the ${first} first, so that times lie nearer to each other. Write 2023-02-01 where it is otherwise.`;
    return [{ code: 'date-order', severity: 'info', sentence }];
  }

  #backward(line: number, cell: string, { first, lastLine }: TimeSeen, caseId: string | undefined): Refusal {
    const time = timeIn(cell, this.#reading!, this.#context.decimalComma);
    const restarts = time === first;
    const name = this.#context.plan.names[this.#column];
    if (restarts && caseId !== undefined) {
      return refusedLine(
        ...([this.#context, line, 'duplicate-case'] as const),
        `case ${shorten(caseId)} begins again (${name} is ${cell} after line ${lastLine}); give the second series another id`,
      );
    }
    const advice = /^(0?0:\d{2}|12:\d{2}.{0,12}a\.?m)/i.test(cell.trim())
      ? 'where the clock passes midnight, write dates before the times, or set "time" to null (sorting would tear the series)'
      : caseId === undefined
        ? 'sort the rows, or set "case" to the column that tells the instances apart, "split" to "time" where each part is a recording of its own, or "time" to another column, or to null'
        : 'sort the rows of each case by time, give a second series another id, or set "time" to another column, or to null';
    return refusedCell(
      ...([this.#context, line, this.#column, 'time-order'] as const),
      `time goes back to ${shorten(cell)} after line ${lastLine}; ${advice}`,
    );
  }
}
