import { ReadingQuestion } from '../../reading/readingQuestion.ts';
import { type CsvContext, refusedCell } from '../rowSink.ts';
import { shorten } from '../shorten.ts';
import { instanceKey } from './instanceKey.ts';
import type { LateWatch, WatchedRow } from './watch.ts';

/** A name of recordings that was left aside as it is one throughout the first rows: others must not join an instance. */
export class JoinWatch implements LateWatch {
  readonly columns: readonly number[];
  readonly wantsPoints = false;
  readonly #names = new Map<string, string>();

  constructor(
    private readonly context: CsvContext,
    private readonly column: number,
  ) {
    this.columns = [column, ...context.plan.case];
  }

  see(row: WatchedRow): void {
    const { context, column } = this;
    const key = instanceKey(context, row);
    const name = row.text(column);
    const before = this.#names.get(key);
    this.#names.set(key, before ?? name);
    if (before === undefined || before === name) return;
    const [cases, own] = [
      context.plan.case.map((one) => context.plan.names[one]!),
      context.plan.names[column]!,
    ];
    const what = `"${shorten(name)}" follows "${shorten(before)}" within one instance of ${cases.join(' and ')}`;
    const { message: sentence, place } = refusedCell(context, row.line, column, 'several-recordings', what);
    const ways = [
      { label: 'together they tell the recordings apart', patch: { data: { case: [own, ...cases] } } },
      { label: `${cases.join(' and ')} alone`, patch: { data: { case: cases } } },
    ];
    throw new ReadingQuestion({ id: 'several-recordings', sentence, ways }, place);
  }

  end(): void {}
}
