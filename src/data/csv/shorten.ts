/** A cell fit for a sentence: at most 40 characters, on one line. */
export function shorten(cell: string): string {
  const text = cell.trim().replace(/\s+/g, ' ');
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}
