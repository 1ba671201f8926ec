import { ReadingQuestion } from '../../reading/readingQuestion.ts';
import { isMissing } from '../cell.ts';
import { mostClassesByLook } from '../classNumbers.ts';
import { type CsvContext, labelText, refusedCell } from '../rowSink.ts';
import { shorten } from '../shorten.ts';
import type { LateWatch, WatchedRow } from './watch.ts';

const WHOLE = /^[+-]?\d+([.,]0*)?$/;

/** A column taken for the label because its first rows hold few whole numbers: so must all the others. */
export class LabelWatch implements LateWatch {
  readonly columns: readonly number[];
  readonly wantsPoints = false;
  readonly #seen = new Set<string>();

  constructor(
    private readonly context: CsvContext,
    private readonly column: number,
  ) {
    this.columns = [column];
  }

  see(row: WatchedRow): void {
    const cell = labelText(row.text(this.column), this.context);
    if (this.#seen.has(cell) || isMissing(cell)) return;
    this.#seen.add(cell);
    if (!WHOLE.test(cell))
      this.#ask(row.line, `"${shorten(cell)}" is no whole number, as the labels above are`);
    if (this.#seen.size > mostClassesByLook)
      this.#ask(row.line, `with "${shorten(cell)}" there are more than ${mostClassesByLook} labels`);
  }

  end(): void {}

  #ask(line: number, what: string): never {
    const { plan } = this.context;
    const name = plan.names[this.column]!;
    const said = `${what}: the column was taken for the label by the look of the first rows`;
    const { message: sentence, place } = refusedCell(this.context, line, this.column, 'label-late', said);
    throw new ReadingQuestion(
      {
        id: 'label-late',
        sentence,
        ways: [
          { label: 'it is the label', patch: { data: { label: name } } },
          { label: 'it is not', patch: { data: { label: null } } },
        ],
      },
      place,
    );
  }
}
