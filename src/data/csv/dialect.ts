import type { DataOptions, Delimiter } from '../dataOptions.ts';
import { mayPartThousands, pointsPartThousands } from './thousands.ts';

/** How lines are cut into cells. */
export interface Dialect {
  readonly delimiter: Delimiter;
  readonly quote: '"' | "'";
  /** What stands at the end of every line and belongs to no cell. */
  readonly lineEnd: '' | ';';
}

/** Comma last: with decimal commas it is as regular as the true delimiter. */
const candidates: readonly Delimiter[] = [';', '\t', '|', ','];
const linesLookedAt = 200;
const number = /^[+-]?(\d+([.,]\d*)?|[.,]\d+)([eEdD][+-]?\d+)?$|^nan$/i;

/**
 * The character that cuts rows into cells: the first of semicolon, tab, bar and comma that stands on most lines the
 * same number of times. Runs of blanks where none does and they part numbers; comma for a file of one column.
 * A semicolon that only ends the lines is told from one that parts cells.
 * @param start the beginning of the file
 */
export function sniffDialect(start: string, given: Delimiter | undefined): Dialect {
  const whole = wholeLines(start);
  const quote = singleQuoted(whole) ? "'" : '"';
  const lines = quote === "'" ? whole : unquoted(start, whole);
  const ends = lines.length > 0 && given !== ';' && lines.every(endsOnly);
  const bare = ends ? lines.map((line) => line.replace(/;\s*$/, '')) : lines;
  const delimiter = given ?? mostRegular(bare);
  // One value and a semicolon a line is a file of two columns, the second blank, and read as such.
  const parted =
    ends && bare.filter((line) => line.trim().includes(delimiter === ' ' ? ' ' : delimiter)).length > 0;
  return { delimiter: parted || !ends ? delimiter : (given ?? ';'), quote, lineEnd: parted ? ';' : '' };
}

function endsOnly(line: string): boolean {
  return /^[^;]*;\s*$/.test(line);
}

function mostRegular(lines: readonly string[]): Delimiter {
  let best: Delimiter = ',';
  let bestShare = 0;
  for (const delimiter of candidates) {
    const counts = lines.map((line) => line.split(delimiter).length - 1);
    const usual = mode(counts.filter((n) => n > 0));
    const same = usual > 0 ? counts.filter((n) => n === usual).length / counts.length : 0;
    const present = counts.filter((n) => n > 0).length / Math.max(1, counts.length);
    // Ragged files should still be cut at the right character: presence counts, sameness counts more.
    const share = same + 0.1 * present;
    if (share > bestShare + 1e-9) {
      best = delimiter;
      bestShare = share;
    }
  }
  // In `1,5 2,5` the comma stands within numbers only.
  const decimal = best === ',' && !lines.some((line) => /,(?!\d)|(?<!\d),/.test(line));
  return (bestShare < 0.5 || decimal) && blanksPart(lines) ? ' ' : best;
}

/** Most lines are numbers parted by blanks, the same count of them. */
function blanksPart(lines: readonly string[]): boolean {
  const widths = lines.map((line) => {
    const cells = line.trim().split(/[ \t]+/);
    return cells.length > 1 && cells.some((cell) => number.test(cell)) ? cells.length : 0;
  });
  const usual = mode(widths.filter((n) => n > 0));
  // Lines without a digit are names and preamble.
  const numeric = lines.filter((line) => /\d/.test(line) && !/^\p{L}/u.test(line.trim())).length;
  return usual > 1 && widths.filter((n) => n === usual).length * 2 > numeric;
}

/** The most frequent number, the first of several; 0 of none. */
function mode(numbers: readonly number[]): number {
  const seen = new Map<number, number>();
  for (const n of numbers) seen.set(n, (seen.get(n) ?? 0) + 1);
  return [...seen].sort(([, a], [, b]) => b - a)[0]?.[0] ?? 0;
}

/** Every line has cells in single quotes, and no cell in double ones. */
function singleQuoted(lines: readonly string[]): boolean {
  return (
    lines.length > 1 &&
    lines.every((line) => /(^|[,;\t|])[^\S\t]*'[^']*'[^\S\t]*($|[,;\t|])/.test(line)) &&
    !lines.some((line) => line.includes('"'))
  );
}

/** The first whole lines that are not blank. */
export function wholeLines(start: string): string[] {
  const end = start.endsWith('\n') ? start.length : start.lastIndexOf('\n');
  return start
    .slice(0, end > 0 ? end : start.length)
    .split('\n', linesLookedAt)
    .filter((line) => /[^ ]/.test(line));
}

/** The same without what stands in quotes. */
function unquoted(start: string, lines: string[]): string[] {
  return start.includes('"') ? wholeLines(start.slice(0, 1 << 18).replace(/"(?:[^"]|"")*"/g, '""')) : lines;
}

/** 1,5 and 1.234,5 and 1'234,5. */
const WITH_COMMA = /^[+-]?(\d*|\d{1,3}(\.\d{3})+|\d{1,3}(['’\u00a0\u2009\u202f]\d{3})+),\d+([eE][+-]?\d+)?$/;

/**
 * Whether numbers are written 1,5: some cell has a comma like that and no cell a point, but for one that parts thousands.
 * @throws ReadingQuestion `thousands`
 */
export function sniffDecimalComma(
  fileName: string,
  rows: readonly (readonly string[])[],
  delimiter: Delimiter,
  options: DataOptions,
): boolean {
  if (options.decimal !== undefined) {
    return options.decimal === ',';
  }
  const commas: string[] = [];
  for (const row of rows) {
    for (const raw of row) {
      // Nearly every cell of nearly every file has none.
      if (raw.includes(',') && WITH_COMMA.test(raw.trim())) commas.push(raw.trim());
    }
  }
  // Quoted 1,234 in a comma file is rather a thousand: not read as 1.234, so that it is refused where it stands.
  const thousands = delimiter === ',' && commas.every((cell) => /^[+-]?[1-9]\d{0,2},\d{3}$/.test(cell));
  if (commas.length > 0) return !thousands && mayPartThousands(rows.flat().map((cell) => cell.trim()));
  return pointsPartThousands(fileName, rows, delimiter, options);
}
