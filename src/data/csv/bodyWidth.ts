/** The width that most rows have, the wider of two; and the share of rows with it. */
export function rate(widths: readonly number[]): { readonly width: number; readonly share: number } {
  const seen = new Map<number, number>();
  for (const width of widths) seen.set(width, (seen.get(width) ?? 0) + 1);
  const [width, rows] = [...seen].sort(([, a], [, b]) => b - a)[0] ?? [0, 0];
  return { width, share: rows / Math.max(1, widths.length) };
}
