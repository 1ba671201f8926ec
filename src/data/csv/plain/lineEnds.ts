/** The byte that ends a line. */
export const LF = 10;
const CR = 13;
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];

/** A return that no line feed follows ends a line, too. */
export function hasLoneReturns(bytes: Uint8Array): boolean {
  for (let at = bytes.indexOf(CR); at >= 0; at = bytes.indexOf(CR, at + 1)) {
    if (bytes[at + 1] !== LF) return true;
  }
  return false;
}

/** How many characters the first lines of a text have; all of them where there are no more lines. */
export function behindLines(text: string, lines: number): number {
  let end = 0;
  for (let line = 0; line < lines; line++) {
    const next = text.indexOf('\n', end);
    if (next < 0) return text.length;
    end = next + 1;
  }
  return end;
}

/** Where a line begins among bytes without lone returns, behind a byte order mark. @param line 1-based */
export function startOfLine(bytes: Uint8Array, line: number): number {
  let start = BYTE_ORDER_MARK.every((byte, at) => bytes[at] === byte) ? BYTE_ORDER_MARK.length : 0;
  for (let before = 1; before < line; before++) start = bytes.indexOf(LF, start) + 1;
  return start;
}
