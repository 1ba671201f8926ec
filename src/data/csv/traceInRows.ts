import { Refusal } from '../../refusal.ts';
import type { Planning } from './planning.ts';

/** Fewer rows may go on by chance. */
const FEWEST_ROWS = 32;
const [FEWEST, MOST] = [3, 12];
/** Of the step from row to row to that along a row, and of the step over the end of a row to that within. */
const FARTHER = 2;
const ALIKE = 1.25;

/**
 * One trace written in rows of a few numbers, as ground motions and seismograms are: without names, numbers go on along each
 * row and from its end to the next one as they do within, and not from row to row. There is no layout for it.
 * @param columns that are features otherwise
 * @throws Refusal `trace-in-rows`
 */
export function refuseTrace({ sample, options }: Planning, columns: readonly number[]): void {
  const [rows, width] = [sample.rows.length, columns.length];
  if (sample.named || options.layout !== undefined || options.features !== undefined) return;
  const isTable = rows < FEWEST_ROWS || width < FEWEST || width > MOST;
  if (isTable || width !== sample.names.length) return;
  let [within, over, down, ends] = [0, 0, 0, 0];
  // The last row may be cut short.
  for (let row = 1; row < rows - 1; row++) {
    const here = columns.map((column) => sample.number(row, column));
    const before = columns.map((column) => sample.number(row - 1, column));
    for (let at = 1; at < width; at++) within += Math.abs(here[at]! - here[at - 1]!);
    for (let at = 0; at < width; at++) down += Math.abs(here[at]! - before[at]!);
    over += Math.abs(here[0]! - before.at(-1)!);
    ends++;
  }
  const [along, end, next] = [within / (ends * (width - 1)), over / ends, down / (ends * width)];
  if (!(along > 0 && next > FARTHER * along && end < ALIKE * along && end * ALIKE > along)) return;
  throw new Refusal(
    'trace-in-rows',
    `${sample.fileName}: numbers go on along each row of ${width} and from its end to the next one, as in one trace that is written in rows: write one number a line, or set "layout" to "single" under "data" in attribution.json (--set data.layout=single) if each row is a step of ${width} features.`,
  );
}
