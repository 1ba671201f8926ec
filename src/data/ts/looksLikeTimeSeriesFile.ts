const directive =
  /^@(problemname|timestamps|missing|univariate|dimensions?|equallength|serieslength|classlabel|targetlabel|data)(\s|$)/i;

/**
 * Whether a file ending in .ts is a time series file of aeon or sktime, not TypeScript: told by its first directive.
 * @param head the beginning of the file, a few kilobytes
 */
export function looksLikeTimeSeriesFile(head: string): boolean {
  const lines = head.replace(/^\uFEFF/, '').split(/\r\n?|\n/);
  // The last line may be cut off.
  const whole = lines.length > 1 ? lines.slice(0, -1) : lines;
  let comments = 0;
  for (const line of whole.map((text) => text.trim())) {
    if (/^(#(?!!)|%)/.test(line)) {
      comments++;
    } else if (line !== '') {
      return directive.test(line);
    }
  }
  // Nothing but # comments so far: TypeScript has none, and those of a data file can be long.
  return comments > 0;
}
