import type { CellPlaces } from '../../data/dataset.ts';
import { cellRanges, tooMuchText } from '../inline/cellRanges.ts';

/** Steps and features chosen in the map or in the file. */
export interface CellSelection {
  /** Steps from..to, `to` exclusive. */
  readonly from: number;
  readonly to: number;
  /** Null: all of them. */
  readonly features: readonly number[] | null;
}

/** A piece of text: 0-based lines and characters, the end exclusive. */
interface TextRange {
  readonly start: { readonly line: number; readonly character: number };
  readonly end: { readonly line: number; readonly character: number };
}

/** How an instance stands in the text of its file. */
export interface CellStanding {
  /** [T] 1-based line per step, 0 where there is none. */
  readonly lines: Int32Array;
  readonly features: readonly string[];
  /** Features of the file, and where their cells are; absent where rows are no steps. */
  readonly cells?: CellPlaces & { readonly names: readonly string[] };
  /** Text of a 0-based line. */
  readonly text: (line: number) => string;
}

/** Editors grow slow with more selections than this; rows are then selected whole. */
const most = 1000;

/** The text of some steps and features: runs of whole rows, or cells; none where no step has a row. */
export function textOf({ from, to, features }: CellSelection, standing: CellStanding): TextRange[] {
  const chosen = [...standing.lines.subarray(from, to)].filter((line) => line > 0).map((line) => line - 1);
  const lines = [...new Set(chosen)].sort((a, b) => a - b);
  const columns = features && columnsOf(features, standing);
  const looked = lines.slice(0, most + 1);
  if (columns?.length && !tooMuchText(looked.map(standing.text))) {
    const cells = looked.flatMap((line) => cellsIn(line, columns, standing));
    if (cells.length <= most) return cells;
  }
  return runs(lines).map(([first, last]) => ({
    start: { line: first, character: 0 },
    end: { line: last, character: standing.text(last).length },
  }));
}

/** The steps and features whose text is selected, null where no step is. A caret stands for the cell it is in. */
export function cellsOf(ranges: readonly TextRange[], standing: CellStanding): CellSelection | null {
  const some = ranges.slice(0, most);
  const wanted = (line: number) => some.some(({ start, end }) => line >= start.line && line <= end.line);
  let [from, to] = [-1, -1];
  for (const [step, line] of standing.lines.entries()) {
    if (line === 0 || !wanted(line - 1)) continue;
    if (from < 0) from = step;
    to = step + 1;
  }
  return from < 0 ? null : { from, to, features: featuresIn(some, standing) };
}

function featuresIn(ranges: readonly TextRange[], { cells, features, text }: CellStanding): number[] | null {
  if (!cells || ranges.some(({ start, end }) => start.line !== end.line)) return null;
  if (tooMuchText(ranges.map(({ start }) => text(start.line)))) return null;
  const found = new Set<number>();
  for (const { start, end } of ranges) {
    for (const [column, cell] of cellRanges(text(start.line), cells.delimiter).entries()) {
      const isCaret = start.character === end.character;
      const touches = isCaret
        ? start.character >= cell.from && start.character <= cell.to
        : start.character < cell.to && end.character > cell.from;
      const feature = touches ? features.indexOf(cells.names[cells.columns.indexOf(column)]!) : -1;
      if (feature >= 0) found.add(feature);
    }
  }
  return found.size > 0 && found.size < features.length ? [...found].sort((a, b) => a - b) : null;
}

function columnsOf(features: readonly number[], { cells, features: names }: CellStanding): number[] {
  if (!cells || features.length === names.length) return [];
  return features
    .map((feature) => cells.columns[cells.names.indexOf(names[feature]!)])
    .filter((column) => column !== undefined)
    .sort((a, b) => a - b);
}

/** Neighbouring cells are one range. */
function cellsIn(line: number, columns: readonly number[], { cells, text }: CellStanding): TextRange[] {
  const ranges = cellRanges(text(line), cells!.delimiter);
  return runs(columns.filter((column) => column < ranges.length)).map(([first, last]) => ({
    start: { line, character: ranges[first]!.from },
    end: { line, character: ranges[last]!.to },
  }));
}

/** First and last of every run of neighbours. @param numbers ascending */
function runs(numbers: readonly number[]): [number, number][] {
  const found: [number, number][] = [];
  for (const number of numbers) {
    const run = found.at(-1);
    if (run && number === run[1] + 1) run[1] = number;
    else found.push([number, number]);
  }
  return found;
}
