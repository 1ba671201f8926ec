import type { Finding } from '../../finding.ts';
import type { DataOptions, Delimiter } from '../dataOptions.ts';
import { ReadingQuestion } from '../reading/readingQuestion.ts';
import { hasPartedThousands, withThousands } from './cell.ts';

const FEWEST_CELLS = 3;
/** Nearly every cell has none of what parts thousands whatever else does. */
const PARTED = /\d[,'’\u00a0\u2009\u202f]\d/;
const POINTED = /^[+-]?\d*\.\d+([eE][+-]?\d+)?$/;

/** Whether every number with a point could be one whose thousands are parted by it. */
export function mayPartThousands(cells: readonly string[]): boolean {
  return cells.every((cell) => !POINTED.test(cell) || withThousands.test(cell));
}

/**
 * Where cells are parted by semicolons, as where the comma is the decimal sign, `1.234` is 1234 or 1.234: no number of the
 * file has another count of digits behind its point, or a 0 before it. `1.234.567` leaves nothing open. Between tabs it is
 * asked only where whole numbers without a point stand in the same column.
 * @returns whether points part thousands
 * @throws ReadingQuestion `thousands`
 */
export function pointsPartThousands(
  fileName: string,
  rows: readonly (readonly string[])[],
  delimiter: Delimiter,
  { decimal }: DataOptions,
): boolean {
  if (decimal !== undefined || (delimiter !== ';' && delimiter !== '\t')) return false;
  const trimmed = rows.map((row) => row.map((cell) => cell.trim()));
  const cells = trimmed.flat();
  const parted = cells.filter((cell) => withThousands.test(cell));
  if (parted.length < FEWEST_CELLS || !mayPartThousands(cells)) return false;
  if (parted.some((cell) => cell.split('.').length > 2)) return true;
  if (delimiter === '\t' && !hasWholeBeside(trimmed)) return false;
  const [first] = parted as [string];
  throw new ReadingQuestion({
    id: 'thousands',
    sentence: `${fileName} has numbers such as "${first}", all with three digits behind the point: the point parts thousands, or it is the decimal sign`,
    ways: [
      {
        label: `"${first}" is ${first.replaceAll('.', '')}, the point parts thousands`,
        patch: { data: { decimal: ',' } },
      },
      { label: `"${first}" has three decimals`, patch: { data: { decimal: '.' } } },
    ],
  });
}

/** A column in which some whole numbers have a point and some, of up to three digits, have none. */
function hasWholeBeside(rows: readonly (readonly string[])[]): boolean {
  return (rows[0] ?? []).some(
    (_, column) =>
      rows.some((row) => withThousands.test(row[column] ?? '')) &&
      rows.filter((row) => /^[+-]?\d{1,3}$/.test(row[column] ?? '')).length >= FEWEST_CELLS,
  );
}

/** That points, or other signs, are left out of numbers is said. */
export function partedThousands(
  fileName: string,
  rows: readonly (readonly string[])[],
  decimalComma: boolean,
): Finding[] {
  const pointed = decimalComma ? found(rows, (cell) => withThousands.test(cell.trim())) : undefined;
  const other = found(rows, (cell) => PARTED.test(cell) && hasPartedThousands(cell.trim(), decimalComma));
  const say = (sentence: string): Finding => ({ code: 'thousands', severity: 'info', sentence });
  return [
    ...(pointed === undefined
      ? []
      : [say(`${fileName}: the comma is the decimal sign, and points part thousands ("${pointed}").`)]),
    ...(other === undefined
      ? []
      : [
          say(
            `${fileName}: thousands are parted in numbers such as "${other}", and what parts them is left out.`,
          ),
        ]),
  ];
}

function found(rows: readonly (readonly string[])[], is: (cell: string) => boolean): string | undefined {
  for (const row of rows) {
    const cell = row.find(is);
    if (cell !== undefined) return cell.trim();
  }
  return undefined;
}
