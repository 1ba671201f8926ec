import { pythonText } from '../pythonLine.ts';
import { namedFor } from './nameWords.ts';
import { pandasLine } from './pandasLine.ts';
import type { Planning } from './planning.ts';

/**
 * A column that names the instances has a value in the first row of each alone, as merged cells of a spreadsheet do.
 * @throws Refusal `merged-cells`
 */
export function refuseMergedCells({ sample, options }: Planning): void {
  const given = typeof options.case === 'string' ? [sample.column(options.case, '"case"')] : [];
  const cases = options.case === undefined ? namedFor('case', sample.names) : given;
  const column = cases.find((one) => {
    const { filled, rows, distinct } = sample.profiles[one]!;
    return filled > 1 && distinct > 1 && filled * 2 < rows && sample.rows[0]?.[one]?.trim() !== '';
  });
  if (column === undefined) return;
  const name = JSON.stringify(sample.names[column]);
  const { filled, rows } = sample.profiles[column]!;
  const cells = `df[${pythonText(sample.names[column]!)}]`;
  const fill = `${cells} = ${cells}.ffill()`;
  const sentence = `${sample.fileName}: column ${name} is filled in ${filled} of the first ${rows} rows and blank below each, as merged cells of a spreadsheet are; repeat its value in every row${pandasLine(sample, fill)}.`;
  throw sample.refusal('merged-cells', sentence, column, firstBlank(sample, column));
}

/** Where the first cell below a name is blank. */
function firstBlank({ rows }: Planning['sample'], column: number): number {
  return rows.findIndex((row) => (row[column] ?? '').trim() === '');
}
