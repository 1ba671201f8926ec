import { rewriteLine } from './say.ts';
/** A line that rewrites itself, for a person at a terminal only. */
export function progressLine(): ((share: number, what: string) => void) | undefined {
  if (!process.stderr.isTTY) return undefined;
  return (share, what) => rewriteLine(share < 1 ? `${Math.round(100 * share)} % ${what}` : '');
}
