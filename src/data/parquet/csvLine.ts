/** A name, a label, a number: longer texts are no cell of a table of series. */
const MOST_CHARACTERS = 2 ** 20;

/** A row of values as a line of CSV that reads back as they are: numbers in full, times as ISO dates, nulls blank. @throws Error */
export function csvLine(values: readonly unknown[]): string {
  return `${values.map(cell).join(',')}\n`;
}

function cell(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  if (typeof value === 'boolean') return value ? '1' : '0';
  const text = value instanceof Date ? value.toISOString() : String(value);
  if (text.length > MOST_CHARACTERS) throw new Error('parquet text longer than is read');
  return `"${text.replaceAll('"', '""')}"`;
}
