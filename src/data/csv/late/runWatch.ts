import type { Alternative } from '../../reading/readingPlan.ts';
import { ReadingQuestion } from '../../reading/readingQuestion.ts';
import { isMissing } from '../cell.ts';
import { type CsvContext, refusedCell } from '../rowSink.ts';
import { shorten } from '../shorten.ts';
import type { LateWatch, WatchedRow } from './watch.ts';

/** Rows of a recording that only its number shows. */
const FEWEST_ROWS = 8;
const WHOLE = /^[+-]?\d+$/;
/** More are no recordings. */
const MOST_RUNS = 100_000;

/**
 * A column that holds one value throughout the first rows. Taken for a feature, it may number recordings that follow: whole
 * numbers, each once and through many rows. Taken for the name of the instance, a value must not come again after another.
 */
export class RunWatch implements LateWatch {
  readonly columns: readonly number[];
  readonly wantsPoints = false;
  readonly #seen = new Set<string>();
  #before: string | undefined;
  #rows = 0;
  /** Where the second value begins. */
  #change: { readonly line: number; readonly cell: string } | undefined;
  #isSignal = false;

  constructor(
    private readonly context: CsvContext,
    private readonly column: number,
    private readonly role: 'feature' | 'case',
  ) {
    this.columns = [column];
  }

  see(row: WatchedRow): void {
    if (this.#isSignal) return;
    this.#rows++;
    const cell = row.text(this.column);
    if (cell === this.#before) return;
    const isOther = this.#before !== undefined;
    this.#before = cell;
    if (isOther) this.#change ??= { line: row.line, cell };
    if (this.#seen.has(cell)) this.#again(row.line, cell);
    this.#seen.add(cell);
    if (this.role === 'feature' && (!WHOLE.test(cell) || this.#seen.size > MOST_RUNS)) this.#isSignal = true;
  }

  end(): void {
    const change = this.#change;
    const runs = this.#seen.size;
    if (this.role === 'case' || this.#isSignal || change === undefined) return;
    if (this.#rows < FEWEST_ROWS * runs) return;
    const what = `${runs} whole numbers, each through many rows, as recordings one under the other have ("${shorten(change.cell)}" begins here)`;
    throw this.#question(change.line, what, runs);
  }

  /** A signal comes back to what it was, an instance does not. */
  #again(line: number, cell: string): void {
    if (this.role === 'feature') this.#isSignal = true;
    else if (!isMissing(cell))
      throw this.#question(
        line,
        `"${shorten(cell)}" comes again after others, and rows of both would be one instance`,
      );
  }

  #question(line: number, what: string, runs?: number): ReadingQuestion {
    const { context, column } = this;
    const { names, features } = context.plan;
    const { message: sentence, place } = refusedCell(context, line, column, 'several-recordings', what);
    const name = names[column]!;
    const signals = features.filter((one) => one.column !== column).map((one) => one.name);
    const one = { layout: 'single', features: signals } as const;
    const ways: Alternative[] = [
      runs === undefined
        ? {
            label: `rows of one ${name} are one instance, wherever they stand`,
            patch: { data: { case: name } },
          }
        : {
            label: 'it tells the recordings apart',
            gives: `${runs} instances`,
            patch: { data: { case: name } },
          },
      { label: 'all rows are one recording', gives: '1 instance', patch: { data: one } },
      ...(runs === undefined
        ? []
        : [
            {
              label: 'it is a feature',
              patch: { data: { layout: 'single', features: [...signals, name] } as const },
            },
          ]),
    ];
    return new ReadingQuestion({ id: 'several-recordings', sentence, ways }, place);
  }
}
