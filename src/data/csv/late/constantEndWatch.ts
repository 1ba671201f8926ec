import { ReadingQuestion } from '../../reading/readingQuestion.ts';
import { isMissing, notNumeric, parseCell } from '../cell.ts';
import { mostClassesByLook } from '../classNumbers.ts';
import { type CsvContext, refusedCell } from '../rowSink.ts';
import type { LateWatch, WatchedRow } from './watch.ts';

/**
 * The first or last step of rows that are series, which holds one whole number in the first rows: where the others hold
 * whole numbers of few kinds, too, it may be the class of a file sorted by class.
 */
export class ConstantEndWatch implements LateWatch {
  readonly columns: readonly number[];
  readonly wantsPoints = true;
  readonly #seen = new Map<number, number>();
  #isSignal = false;

  constructor(
    private readonly context: CsvContext,
    private readonly column: number,
  ) {
    this.columns = [column];
  }

  see(row: WatchedRow): void {
    if (this.#isSignal) return;
    const text = row.text(this.column);
    if (isMissing(text)) return;
    const value = parseCell(text, this.context.decimalComma);
    if (value === notNumeric || !Number.isInteger(value)) this.#isSignal = true;
    else if (!this.#seen.has(value)) this.#seen.set(value, row.line);
    if (this.#seen.size > mostClassesByLook) this.#isSignal = true;
  }

  end(): void {
    if (this.#isSignal || this.#seen.size < 2) return;
    const { context, column } = this;
    const [, line] = [...this.#seen.values()];
    const name = context.plan.names[column]!;
    const kinds = `it holds whole numbers of ${this.#seen.size} kinds and could be the label`;
    const { message: sentence, place } = refusedCell(context, line!, column, 'label-column', kinds);
    const ways = [
      { label: `${name} is the label`, patch: { data: { label: name, layout: 'wide' as const } } },
      { label: 'there is no label', patch: { data: { label: null, layout: 'wide' as const } } },
    ];
    throw new ReadingQuestion({ id: 'label-column', sentence, ways }, place);
  }
}
