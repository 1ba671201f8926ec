import { beginsAnew, type CalendarPart, calendarTime } from '../calendarTime.ts';
import { numberOrNaN } from '../cell.ts';
import { type CsvContext, refusedCell } from '../rowSink.ts';
import { instanceKey } from './instanceKey.ts';
import type { LateWatch, WatchedRow } from './watch.ts';

/** Columns that were left aside because together they are a date that goes forward: so they must in every instance. */
export class CalendarWatch implements LateWatch {
  readonly columns: readonly number[];
  readonly wantsPoints = false;
  readonly #before = new Map<string, number>();

  constructor(
    private readonly context: CsvContext,
    private readonly parts: readonly CalendarPart[],
  ) {
    this.columns = [...parts.map(({ column }) => column), ...context.plan.case];
  }

  /** @throws Refusal `time-order` */
  see(row: WatchedRow): void {
    const { context, parts } = this;
    const key = instanceKey(context, row);
    const now = calendarTime(parts, (column) => numberOrNaN(row.text(column), context.decimalComma));
    const before = this.#before.get(key);
    if (before !== undefined && now < before && !beginsAnew(parts, before, now)) {
      const cells = parts.map(({ column }) => row.text(column)).join(' ');
      const what = `the date goes back to ${cells}; sort the rows, or set "case" to the column that tells the instances apart`;
      throw refusedCell(context, row.line, parts[0]!.column, 'time-order', what);
    }
    this.#before.set(key, now);
  }

  end(): void {}
}
