/** Of all the rows that are looked at in one go, and of one. */
const MOST_TEXT = 500_000;

/** Characters from..to (`to` exclusive) of a line. */
interface CellRange {
  readonly from: number;
  readonly to: number;
}

/**
 * Where the cells of one line of CSV stand, quotes included, as papaparse cuts it. A quoted cell that goes on in the
 * next line ends with this one; what comes after it stands there.
 */
export function cellRanges(line: string, delimiter: string): CellRange[] {
  const cells: CellRange[] = [];
  for (let from = 0; ; ) {
    const to = line[from] === '"' ? quotedEnd(line, from, delimiter) : nextDelimiter(line, from, delimiter);
    cells.push({ from, to });
    if (to >= line.length) return cells;
    from = to + delimiter.length;
  }
}

function nextDelimiter(line: string, from: number, delimiter: string): number {
  const at = line.indexOf(delimiter, from);
  return at < 0 ? line.length : at;
}

/** Behind the closing quote and the blanks papaparse allows after it. */
function quotedEnd(line: string, from: number, delimiter: string): number {
  for (let at = line.indexOf('"', from + 1); at >= 0; at = line.indexOf('"', at + 1)) {
    if (line[at + 1] === '"') {
      at++;
      continue;
    }
    let end = at + 1;
    while (line[end] === ' ') end++;
    if (end >= line.length || line.startsWith(delimiter, end)) return end;
  }
  return line.length;
}

/** Cells of some rows are not looked for where that would hold the editor up. */
export function tooMuchText(rows: readonly string[]): boolean {
  return rows.reduce((sum, row) => sum + row.length, 0) > MOST_TEXT;
}
