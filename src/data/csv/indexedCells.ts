import { Refusal } from '../../refusal.ts';
import { pythonLine, pythonText } from '../pythonLine.ts';
import type { Sample } from './sample.ts';

const INDEXED = /^(\d+):[-+.\d]+(?:e[-+]?\d+)?$/i;
const FEWEST_CELLS = 3;

/**
 * Rows of a label and cells that have their index before them (`1 1:0.5 2:0.25`), as LIBSVM and svmlight write them.
 * @throws Refusal `indexed-cells`
 */
export function refuseIndexedCells({ fileName, rows, places }: Sample): void {
  if (rows.length === 0 || !rows.every((row) => isIndexed(row))) return;
  const change = `from sklearn.datasets import load_svmlight_file; import pandas as pd; x, y = load_svmlight_file(${pythonText(fileName)}); pd.DataFrame(x.toarray()).assign(label=y).to_csv('converted.csv', index=False)`;
  throw new Refusal(
    'indexed-cells',
    `${fileName} has cells with an index before them (${shown(rows)}), as LIBSVM and svmlight files have; write a column for each index${places?.delimiter === ' ' ? ` (${pythonLine(change)})` : ''}.`,
  );
}

/** Indices that grow along the row. */
function isIndexed(row: readonly string[]): boolean {
  const cells = row
    .slice(1)
    .map((cell) => cell.trim())
    .filter((cell) => cell !== '');
  let before = -1;
  return (
    cells.length >= FEWEST_CELLS &&
    cells.every((cell) => {
      const index = Number(INDEXED.exec(cell)?.[1] ?? Number.NaN);
      const grows = index > before;
      before = index;
      return grows;
    })
  );
}

function shown(rows: readonly (readonly string[])[]): string {
  return rows[0]!.slice(1, 3).join(' ');
}
