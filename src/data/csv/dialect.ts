import type { DataOptions, Delimiter } from '../dataOptions.ts';

/** Comma last: with decimal commas it is as regular as the true delimiter. */
const candidates: readonly Delimiter[] = [';', '\t', '|', ','];
const linesLookedAt = 200;

/**
 * The character that cuts rows into cells: the first of semicolon, tab, bar and comma that stands on every line the same
 * number of times, else the one that stands on most lines. Comma for a file of one column.
 * @param start the beginning of the file
 */
export function sniffDelimiter(start: string): Delimiter {
  const lines = unquotedLines(start);
  let best: Delimiter = ',';
  let bestShare = 0;
  for (const delimiter of candidates) {
    const counts = lines.map((line) => line.split(delimiter).length - 1);
    const first = counts[0] ?? 0;
    const same = first > 0 ? counts.filter((n) => n === first).length / counts.length : 0;
    const present = counts.filter((n) => n > 0).length / Math.max(1, counts.length);
    // Ragged files should still be cut at the right character: presence counts, sameness counts more.
    const share = same + 0.1 * present;
    if (share > bestShare + 1e-9) {
      best = delimiter;
      bestShare = share;
    }
  }
  return best;
}

/** The first whole lines without what stands in quotes. */
function unquotedLines(start: string): string[] {
  const text = start.includes('"') ? start.slice(0, 1 << 18).replace(/"(?:[^"]|"")*"/g, '') : start;
  const end = text.length < start.length || text.endsWith('\n') ? text.length : text.lastIndexOf('\n');
  return text
    .slice(0, end > 0 ? end : text.length)
    .split('\n', linesLookedAt)
    .filter((line) => /[^ ]/.test(line));
}

/** Whether numbers are written 1,5: some cell has a comma like that and no cell a point. */
export function sniffDecimalComma(
  rows: readonly (readonly string[])[],
  delimiter: Delimiter,
  { decimal }: DataOptions,
): boolean {
  if (decimal !== undefined) {
    return decimal === ',';
  }
  const cells = rows.flat().map((cell) => cell.trim());
  const commas = cells.filter((cell) => /^[+-]?\d*,\d+([eE][+-]?\d+)?$/.test(cell));
  // Quoted 1,234 in a comma file is rather a thousand: not read as 1.234, so that it is refused where it stands.
  const thousands = delimiter === ',' && commas.every((cell) => /,\d{3}$/.test(cell));
  const points = cells.some((cell) => /^[+-]?\d*\.\d+([eE][+-]?\d+)?$/.test(cell));
  return commas.length > 0 && !points && !thousands;
}
