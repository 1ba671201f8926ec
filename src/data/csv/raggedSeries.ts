import { Refusal } from '../../refusal.ts';
import type { DataOptions } from '../dataOptions.ts';
import { numberOrNaN } from './cell.ts';
import type { CsvRow } from './tokenizer.ts';

const FEWEST_ROWS = 3;

/**
 * Cells of the longest row, where rows without names are series of different lengths: the model takes one feature and
 * hardly two rows are alike. Else cells of the first.
 * @throws Refusal `ragged-label` where the last cell of every row looks like a label
 */
export function widthWithoutNames(
  rows: readonly CsvRow[],
  { layout, input }: DataOptions,
  fileName: string,
  decimalComma: boolean,
): number {
  const widths = rows.map(({ cells }) => cells.length);
  const isRagged =
    layout === undefined &&
    input?.features === 1 &&
    rows.length >= FEWEST_ROWS &&
    Math.min(...widths) > FEWEST_ROWS &&
    new Set(widths).size * 2 > rows.length;
  if (isRagged) refuseLastLabel(rows, fileName, decimalComma);
  return layout === 'wide' || isRagged ? Math.max(...widths) : widths[0]!;
}

function refuseLastLabel(rows: readonly CsvRow[], fileName: string, decimalComma: boolean): void {
  const numbers = rows.map(({ cells }) => cells.map((cell) => numberOrNaN(cell, decimalComma)));
  const ends = new Set(rows.map(({ cells }) => cells.at(-1)!.trim()));
  const isLabel = numbers.every((row) => Number.isNaN(row.at(-1)) || Number.isInteger(row.at(-1)));
  const inner = numbers.flatMap((row) => row.slice(1, -1));
  const whole = inner.filter(Number.isInteger).length;
  const first = new Set(rows.map(({ cells }) => cells[0]!.trim()));
  const firstIsLabel = first.size < ends.size && first.size * 2 <= rows.length;
  if (!isLabel || firstIsLabel || whole * 2 > inner.length || ends.size * 2 > rows.length) return;
  throw new Refusal(
    'ragged-label',
    `${fileName} has rows of different lengths, each with what looks like a label (${[...ends].slice(0, 4).join(', ')}) behind the series, where no column can name it; put the label first, or fill the rows up with blank cells before it.`,
  );
}
