import type { Alternative } from '../../reading/readingPlan.ts';
import { ReadingQuestion } from '../../reading/readingQuestion.ts';
import { isMissing } from '../cell.ts';
import { type CsvContext, refusedCell } from '../rowSink.ts';
import { shorten } from '../shorten.ts';
import { instanceKey } from './instanceKey.ts';
import type { LateWatch, WatchedRow } from './watch.ts';

const WHOLE = /^[+-]?\d+(\.0+)?$/;

/**
 * A feature that is one number throughout the first rows, as a class, a fold or an age is in a file sorted by class: where
 * later instances have other numbers, and none has two, it is asked about.
 */
export class StillWatch implements LateWatch {
  readonly columns: readonly number[];
  readonly wantsPoints = false;
  #before: string | undefined;
  #key: string | undefined;
  /** Of the instances since the second number, each one's own. */
  readonly #since = new Map<string, string>();
  #change: { readonly line: number; readonly cell: string } | undefined;
  #isSignal = false;
  #isWhole = true;

  constructor(
    private readonly context: CsvContext,
    private readonly column: number,
  ) {
    this.columns = [column, ...context.plan.case];
  }

  see(row: WatchedRow): void {
    if (this.#isSignal) return;
    const cell = row.text(this.column);
    if (isMissing(cell)) return;
    const key = instanceKey(this.context, row);
    if (this.#before !== undefined && cell !== this.#before) {
      if (key === this.#key) this.#isSignal = true;
      this.#change ??= { line: row.line, cell };
    }
    if (this.#change) {
      if ((this.#since.get(key) ?? cell) !== cell) this.#isSignal = true;
      this.#since.set(key, cell);
    }
    this.#isWhole &&= WHOLE.test(cell);
    [this.#before, this.#key] = [cell, key];
  }

  end(): void {
    if (this.#isSignal || !this.#change) return;
    const { context, column } = this;
    const { names, features, label } = context.plan;
    const { line, cell } = this.#change;
    const what = `"${shorten(cell)}" begins here, and no instance has two numbers: a class, a fold or an age stays like that through each instance, a signal does not`;
    const { message: sentence, place } = refusedCell(context, line, column, 'column-late', what);
    const name = names[column]!;
    const others = features.filter((one) => one.column !== column).map((one) => one.name);
    const ways: Alternative[] = [
      { label: 'it is no feature', patch: { data: { features: others } } },
      ...(label === null && this.#isWhole
        ? [{ label: 'it is the label', patch: { data: { features: others, label: name } } }]
        : []),
      { label: 'it is a feature', patch: { data: { features: features.map((one) => one.name) } } },
    ];
    throw new ReadingQuestion({ id: 'column-late', sentence, ways }, place);
  }
}
