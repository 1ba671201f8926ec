import { Refusal } from '../../refusal.ts';
import { isWeakLabel, namedFor } from './nameWords.ts';
import type { CsvRow } from './tokenizer.ts';

/**
 * `label,walk,run,walk` below names that say no label: each column is a series, and has its class.
 * @throws Refusal `label-row`
 */
export function refuseLabelRow(
  fileName: string,
  { header, units }: { readonly header: readonly CsvRow[]; readonly units?: CsvRow },
): void {
  const [names] = header;
  const [first = '', ...classes] = units?.cells ?? [];
  if (!units || !names || classes.length < 2 || classes.some((cell) => cell.trim() === '')) return;
  const says = (word: string): boolean => namedFor('label', [word]).length > 0;
  if (!says(first) || says(names.cells[0]!) || (isWeakLabel(first) && !comeAgain(classes))) return;
  throw new Refusal(
    'label-row',
    `${fileName}, line ${units.line}: a label for each column stands below the names, so that each column is a series; write a row for each series with its label behind it (in pandas df.T), or say "units": true, with "skip", under "data" if that line says something else.`,
    { file: fileName, line: units.line, message: 'a label for each column' },
  );
}

/** A few words, each of them for several columns. */
function comeAgain(words: readonly string[]): boolean {
  const kinds = new Set(words.map((word) => word.trim()));
  return kinds.size > 1 && kinds.size * 2 <= words.length;
}
