/** Prints rows under their heads; columns of numbers, written out or not, to the right. */
export function printTable(
  title: string,
  heads: readonly string[],
  rows: readonly (string | number)[][],
): void {
  const texts = rows.map((row) => row.map((cell) => (typeof cell === 'number' ? cell.toFixed(2) : cell)));
  const widths = heads.map((head, column) =>
    Math.max(head.length, ...texts.map((row) => row[column]?.length ?? 0)),
  );
  const isNumeric = heads.map((_, column) => {
    const cells = texts.map((row) => row[column] ?? '').filter((text) => text !== '');
    return cells.length > 0 && cells.every((text) => Number.isFinite(Number(text)));
  });
  const line = (cells: readonly string[]) =>
    heads
      .map((_, column) => {
        const cell = cells[column] ?? '';
        return isNumeric[column] ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!);
      })
      .join('  ')
      .trimEnd();
  console.log(`\n${title}`);
  console.log(line(heads));
  for (const cells of texts) console.log(line(cells));
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2
    ? (sorted[middle] as number)
    : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
}
