/** Prints rows under their heads, numbers to the right. */
export function printTable(
  title: string,
  heads: readonly string[],
  rows: readonly (string | number)[][],
): void {
  const texts = rows.map((row) => row.map((cell) => (typeof cell === 'number' ? cell.toFixed(2) : cell)));
  const widths = heads.map((head, column) =>
    Math.max(head.length, ...texts.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[], numeric: (column: number) => boolean) =>
    cells
      .map((cell, column) =>
        numeric(column) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
      )
      .join('  ');
  console.log(`\n${title}`);
  console.log(line(heads, (column) => typeof rows[0]?.[column] === 'number'));
  for (const [index, row] of rows.entries()) {
    console.log(line(texts[index] ?? [], (column) => typeof row[column] === 'number'));
  }
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2
    ? (sorted[middle] as number)
    : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
}
