import { isMissing } from '../cell.ts';
import { continuousQuestion } from '../continuous.ts';
import { type CsvContext, refusedCell } from '../rowSink.ts';
import { shorten } from '../shorten.ts';
import type { LateWatch, WatchedRow } from './watch.ts';

/** A column of one recording that was left aside because its first rows all hold one word: others may be labels. */
export class OneWordWatch implements LateWatch {
  readonly columns: readonly number[];
  readonly wantsPoints = false;
  #word: string | undefined;

  constructor(
    private readonly context: CsvContext,
    private readonly column: number,
  ) {
    this.columns = [column];
  }

  see(row: WatchedRow): void {
    const word = row.text(this.column);
    if (word === this.#word || isMissing(word)) return;
    if (this.#word !== undefined) throw this.#changed(row.line, this.#word, word);
    this.#word = word;
  }

  end(): void {}

  #changed(line: number, before: string, word: string) {
    const { context, column } = this;
    const name = context.plan.names[column]!;
    const what = `the word changes from "${shorten(before)}" to "${shorten(word)}"`;
    const { place } = refusedCell(context, line, column, 'label-changes', what);
    const where = `${context.fileName}, line ${line}, column "${name}"`;
    return continuousQuestion(where, name, context.input, what, place);
  }
}
