/** A change of the text: what stood between two places (0-based) is replaced by text with so many line breaks. */
export interface LineEdit {
  readonly start: { readonly line: number; readonly character: number };
  readonly end: { readonly line: number; readonly character: number };
  readonly breaks: number;
}

/** The 0-based line on which the text of a line stands after an edit, -1 when the edit deletes it. */
export function lineAfter(line: number, { start, end, breaks }: LineEdit): number {
  if (line < start.line) return line;
  const goneBefore = end.line - start.line;
  if (line > end.line) return line + breaks - goneBefore;
  // The edit ends where the line begins: the line moves whole.
  if (line === end.line && end.character === 0) return start.line + breaks;
  if (line === start.line && start.character > 0) return line;
  if (goneBefore === 0) return line;
  if (line === end.line) return start.line + breaks;
  // Inside the replaced text: what takes its place may stand on as many lines.
  return line < start.line + breaks ? line : -1;
}
