/** A name cut at its last run of digits, as `acc_` `12` `_x`; undefined where it has none. */
export function lastNumber(
  name: string,
): { readonly before: string; readonly number: string; readonly after: string } | undefined {
  let end = name.length;
  while (end > 0 && !isDigit(name, end - 1)) end--;
  let start = end;
  while (start > 0 && isDigit(name, start - 1)) start--;
  return start === end
    ? undefined
    : { before: name.slice(0, start), number: name.slice(start, end), after: name.slice(end) };
}

function isDigit(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 48 && code <= 57;
}
