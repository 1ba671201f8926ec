import type { Explanation } from '../../attribution/explanation.ts';
import type { CellPlaces } from '../../data/dataset.ts';
import type { DataSummary } from '../../engine/contract.ts';
import { cellRanges, tooMuchText } from './cellRanges.ts';
import { type Heat, heatOf } from './heat.ts';
import type { LineEdit } from './lineEdit.ts';
import { type CellMark, cellMarks, featureOfColumn } from './marks.ts';
import { type LineRun, overviewRuns } from './overview.ts';
import { type Row, RowLines } from './rowLines.ts';

/** A ruler is seldom taller than this many pixels. */
const mostRuns = 1000;
const mostCells = 6000;

/** An explanation laid over the lines of a text, which may be edited meanwhile. */
export class Picture {
  readonly heat: Heat;
  readonly rows: RowLines;
  edited = false;
  readonly #places: CellPlaces | undefined;
  readonly #features: ReadonlyMap<number, number>;
  #overview: readonly LineRun[] | undefined;

  constructor(
    readonly explanation: Explanation,
    data: DataSummary | undefined,
  ) {
    this.heat = heatOf(explanation);
    this.rows = new RowLines(explanation.instance.lines);
    this.#places = explanation.map.rows > 1 ? data?.cells : undefined;
    this.#features = this.#places
      ? featureOfColumn(this.heat, data!.features, this.#places)
      : new Map<number, number>();
  }

  /** One line holds the whole instance: there are no rows to mark. */
  get isSingleLine(): boolean {
    return this.heat.singleLine !== null;
  }

  /** The file says where its cells are, and the map tells features apart. */
  get hasCells(): boolean {
    return this.#features.size > 0;
  }

  get overview(): readonly LineRun[] {
    if (!this.#overview) {
      const { lines, steps } = this.rows.all;
      const levels = new Int8Array(steps.length).map((_, i) => this.heat.levels[steps[i]!]!);
      this.#overview = overviewRuns(lines, levels, mostRuns);
    }
    return this.#overview;
  }

  edit(edits: readonly LineEdit[]): void {
    for (const edit of edits) this.rows.edit(edit);
    this.edited = true;
    this.#overview = undefined;
  }

  cells(rows: readonly Row[], text: (line: number) => string): CellMark[] {
    return this.#places
      ? cellMarks(this.heat, rows, text, this.#places.delimiter, this.#features, mostCells)
      : [];
  }

  /** The feature whose cell a character of a row's text belongs to. */
  featureAt(text: string, character: number): number | null {
    if (!this.#places || tooMuchText([text])) return null;
    const ranges = cellRanges(text, this.#places.delimiter);
    return this.#features.get(ranges.findIndex(({ to }) => character <= to)) ?? null;
  }
}
