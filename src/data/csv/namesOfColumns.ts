import type { Finding } from '../../finding.ts';
import type { DataOptions, Delimiter } from '../dataOptions.ts';
import { columnNames, numberedHeader, ROW_NAMES, unnamed } from './header.ts';
import { grouped } from './namesOf.ts';
import { widthWithoutNames } from './raggedSeries.ts';
import type { TableForm } from './tableForm.ts';
import type { CsvRow } from './tokenizer.ts';

/** A table's file, and how its cells are written. */
interface Written {
  readonly fileName: string;
  readonly delimiter: Delimiter;
  readonly decimalComma: boolean;
}

/**
 * What the columns are called, and what is to be said of it.
 * @param data the first rows of data, at least one
 * @throws Refusal of names that stand twice, or of rows without names that differ in width
 */
export function namesOfColumns(
  { fileName, delimiter, decimalComma }: Written,
  { header, rowNames }: TableForm,
  data: readonly CsvRow[],
  options: DataOptions,
): { readonly names: string[]; readonly findings: readonly Finding[] } {
  const [upper, lower] = header;
  if (!upper) {
    const length = widthWithoutNames(data, options, fileName, decimalComma);
    return { names: Array.from({ length }, (_, column) => unnamed(column)), findings: [] };
  }
  const isNumbered = options.header === undefined && upper.cells.every((cell) => /^\s*\d+\s*$/.test(cell));
  const cells = lower ? grouped(upper.cells, lower.cells) : upper.cells;
  const all = rowNames ? [ROW_NAMES, ...cells] : cells;
  return {
    names: columnNames(all, fileName, upper.line, delimiter),
    findings: isNumbered ? [numberedHeader(fileName, upper.cells)] : [],
  };
}
