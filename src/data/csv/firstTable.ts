import type { Finding } from '../../finding.ts';
import { Refusal } from '../../refusal.ts';
import type { DataOptions } from '../dataOptions.ts';
import { gapsIn, isBlank, tableBeforeGap, withoutClearedEnd } from './blankRows.ts';
import { type Dialect, sniffDecimalComma } from './dialect.ts';
import { askFirstRow } from './firstRow.ts';
import { namesOfColumns } from './namesOfColumns.ts';
import { Sample } from './sample.ts';
import { refuseStrayRows } from './strayRows.ts';
import { findTable, type TableForm } from './tableForm.ts';
import { partedThousands } from './thousands.ts';
import type { CsvRow } from './tokenizer.ts';

/** Rows from which the columns are understood; fewer only where the file ends before, or they are long. */
export const sampleRows = 2000;

/** Where in a file the table begins, and the rows from which its columns are understood. */
export interface FirstTable {
  readonly form: TableForm;
  readonly sample: Sample;
  readonly decimalComma: boolean;
  readonly findings: readonly Finding[];
}

/**
 * @param held the first rows of a file, blank ones too
 * @throws Refusal `empty-file`, `no-rows`, of what stands in the names or among the rows; ReadingQuestion of the first row
 */
export function firstTable(
  fileName: string,
  held: readonly CsvRow[],
  { delimiter }: Dialect,
  options: DataOptions,
): FirstTable {
  const rows = held.filter((row) => !isBlank(row));
  if (rows.length === 0) noRows(fileName);
  const first = rows.slice(0, sampleRows);
  // Numbers in a preamble may be written otherwise than those of the table.
  const cells = first.slice(first.length > 40 ? 20 : 0).map((row) => row.cells);
  const decimalComma = sniffDecimalComma(fileName, cells, delimiter, options);
  const form = findTable(fileName, first, options, decimalComma);
  const data = form.first ? rows.slice(rows.indexOf(form.first)) : [];
  if (data.length === 0) {
    throw new Refusal('no-rows', `${fileName} has column names but no rows of data.`);
  }
  const table = { fileName, delimiter, decimalComma };
  const { names, findings } = namesOfColumns(table, form, data.slice(0, sampleRows), options);
  const looked = withoutClearedEnd(tableBeforeGap(held, data.slice(0, sampleRows), names.length));
  const sample = new Sample(
    ...([fileName, names, form.header.length > 0] as const),
    looked.map((row) => row.cells),
    decimalComma,
    gapsIn(held, looked),
    { lines: looked.map(({ line }) => line), delimiter },
  );
  askFirstRow(sample, form, options);
  refuseStrayRows(sample, options);
  const said = [...form.findings, ...partedThousands(fileName, cells, decimalComma), ...findings];
  return { form, sample, decimalComma, findings: said };
}

/** @throws Refusal `empty-file` */
export function noRows(fileName: string): never {
  throw new Refusal('empty-file', `${fileName} holds no data: nothing but blank lines.`);
}
