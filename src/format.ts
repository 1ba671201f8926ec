/** Four significant digits, without idle zeros; `0` only for zero itself. */
export function formatNumber(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  if (value === 0) return '0';
  const size = Math.abs(value);
  const text =
    size >= 1e6 || size < 1e-4
      ? size.toExponential(2).replace('-', '−')
      : String(Number(size.toPrecision(4)));
  return value < 0 ? `−${text}` : text;
}

/** Whole per cent, `< 1 %` for a little, `0 %` for nothing. */
export function formatShare(share: number): string {
  if (share > 0 && share < 0.005) return '< 1 %';
  if (share < 1 && share > 0.995) return '> 99 %';
  return `${Math.round(share * 100)} %`;
}

/** Characters of a list of names, and of one of them: what comes after it is to be read, too. */
const MOST_LISTED = 800;
const MOST_NAME = 200;

/** `a, b, c and 4 more`, fewer where they are long. */
export function listed(names: readonly string[], most = 6): string {
  const shown: string[] = [];
  let length = 0;
  for (const name of names.slice(0, most)) {
    const part = name.length > MOST_NAME ? `${name.slice(0, MOST_NAME - 1)}…` : name;
    length += part.length + 2;
    if (shown.length > 0 && length > MOST_LISTED) break;
    shown.push(part);
  }
  const text = shown.join(', ');
  return names.length > shown.length ? `${text} and ${names.length - shown.length} more` : text;
}

/** A whole number from 0 on with commas between its thousands: 12,345. The first `toLocaleString` of a process takes 10 ms. */
export function thousands(whole: number): string {
  const digits = String(whole);
  const groups: string[] = [];
  for (let end = digits.length; end > 0; end -= 3) groups.unshift(digits.slice(Math.max(0, end - 3), end));
  return groups.join(',');
}

/** `1 row`, `60 rows`, `1,200 rows`. */
export function count(n: number, noun: string): string {
  return `${thousands(n)} ${noun}${n === 1 ? '' : 's'}`;
}

/** What goes with so many: `agree(1, 'repeats', 'repeat')`. */
export function agree(n: number, one: string, many: string): string {
  return n === 1 ? one : many;
}
