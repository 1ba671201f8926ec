/** A name is cut here: a hover is no place for a page of text. */
const longestName = 60;

/**
 * Text from a file as plain words in a Markdown table: nothing in it becomes a link, a picture, markup, a cell border
 * or an icon.
 */
export function plain(text: string): string {
  const line = text.replace(/[\p{C}\p{Z}]+/gu, ' ').trim();
  const letters = [...line];
  const short = letters.length > longestName ? `${letters.slice(0, longestName - 1).join('')}…` : line;
  return short
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/[!-%'-/:=?@[-`{-~]/g, (mark) => `\\${mark}`);
}
