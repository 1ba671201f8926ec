import type { CsvRow } from './tokenizer.ts';
import { looksLikeUnits } from './units.ts';

/** Names of the columns; of two rows the upper one groups the lower. */
interface Names {
  readonly header: readonly CsvRow[];
  readonly units?: CsvRow;
}

/** @param texts the rows of text right before the data, each as wide as these; at least one */
export function namesOf(texts: readonly CsvRow[]): Names {
  const described = namesAbove(texts);
  if (described) return described;
  const [upper, lower] = texts.slice(-2) as [CsvRow, CsvRow?];
  const units = lower ?? upper;
  const isNameless = looksLikeUnits(units.cells) && !isTold(units);
  if (!lower) return isNameless ? { header: [], units } : { header: [upper] };
  if (lower.cells.length !== upper.cells.length || isPreamble(texts)) return { header: [lower] };
  const named = filled(upper);
  const areGroups = new Set(named).size < named.length || named.length < upper.cells.length - 1;
  const groups = groupsAbove(texts);
  if (groups) return { header: [groups, upper], units: lower };
  if (looksLikeUnits(lower.cells))
    return namedBy(upper) ? { header: [upper], units: lower } : { header: isNameless ? [] : [lower] };
  if (areGroups) return { header: [upper, lower] };
  // Names differ: a row in which a word comes again (float, float) says something of the columns above.
  return isTold(lower) ? { header: [lower] } : { header: [upper], units: lower };
}

/** Of names that come again over units, the row of groups above them: X, Y, Z of each marker. */
function groupsAbove(texts: readonly CsvRow[]): CsvRow | undefined {
  const [above, names, units] = texts.slice(-3);
  if (!units || !looksLikeUnits(units.cells) || isTold(names!)) return undefined;
  return filled(above!).length > 1 && above!.cells.length === names!.cells.length ? above : undefined;
}

/** How a logger came to a value; a row of them under names and units (Campbell's TOA5) is no data. */
const KIND =
  /^(avg|average|mean|smp|sample|samp|inst|max|min|mmx|tot|total|sum|std|stdev|med|median|wvc|int|raw|cal|uncal)$/i;

function areKinds(row: CsvRow | undefined): boolean {
  return row !== undefined && filled(row).length > 0 && filled(row).every((cell) => KIND.test(cell));
}

/** Names over two rows or more that say something of the columns: units, or words that come again (CAL, CAL). */
function namesAbove(texts: readonly CsvRow[]): Names | undefined {
  const at = texts.findIndex((row) => namedBy(row) && isTold(row) && !looksLikeUnits(row.cells));
  const below = texts.slice(at + 1);
  const endsInKinds = areKinds(below.at(-1)) && below.length <= 2;
  if (at < 0 || (below.length < 2 && !endsInKinds)) return undefined;
  // What stands between names and kinds are units, whatever they are.
  const say = (row: CsvRow): boolean => endsInKinds || looksLikeUnits(row.cells) || !isTold(row);
  if (!below.every((row) => row.cells.length === texts[at]!.cells.length && say(row))) return undefined;
  return { header: [texts[at]!], units: below.find(({ cells }) => looksLikeUnits(cells)) ?? below[0] };
}

/**
 * A row above the names that is no group of them: a word in the first cell alone, a blank line behind it, or `key,value`
 * as the row before it.
 */
function isPreamble(texts: readonly CsvRow[]): boolean {
  const [upper, lower] = texts.slice(-2) as [CsvRow, CsvRow];
  const before = texts.at(-3);
  const firstOnly = (row: CsvRow, count: number): boolean =>
    row.cells.every((cell, column) => (cell.trim() !== '') === column < count);
  const pairs = before !== undefined && firstOnly(before, 2) && firstOnly(upper, 2);
  return firstOnly(upper, 1) || pairs || lower.line > upper.line + 1;
}

/** No word comes again. */
function isTold(row: CsvRow): boolean {
  const words = filled(row);
  return new Set(words).size === words.length;
}

function filled({ cells }: CsvRow): string[] {
  return cells.map((cell) => cell.trim()).filter((cell) => cell !== '');
}

function namedBy(row: CsvRow): boolean {
  return filled(row).length >= row.cells.length - 1;
}

/** The names of two rows: a group stands over its first column, or over each. */
export function grouped(upper: readonly string[], lower: readonly string[]): string[] {
  let group = '';
  return lower.map((name, column) => {
    group = upper[column]?.trim() || group;
    return `${group} ${name.trim()}`.trim();
  });
}

/** A line that says something of the data, and no names of columns: `NPTS= 600, DT= .0050`, `960 samples, 200 sps,`. */
export function saysOfData(cells: readonly string[]): boolean {
  const texts = cells.map((cell) => cell.trim());
  const isNumber = (text: string): boolean => /^[-+]?[.\d]+,?$/.test(text);
  return (
    texts.some((text) => text.endsWith('=') || (text.endsWith(',') && isNumber(text))) ||
    (texts.some(isNumber) && texts.some((text) => text.endsWith(',')))
  );
}
