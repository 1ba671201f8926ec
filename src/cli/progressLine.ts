import { terminalSentence } from '../surfaces/terminal.ts';

const FALLBACK_COLUMNS = 80;

let stands = false;

/** A line that rewrites itself, for a person at a terminal only; whatever is said next takes its place. */
export function progressLine(): ((share: number, what: string) => void) | undefined {
  if (!process.stderr.isTTY) return undefined;
  return (share, what) => {
    if (share >= 1) {
      clearProgress();
      return;
    }
    // What wraps is not written over.
    const columns = process.stderr.columns || FALLBACK_COLUMNS;
    const text = `${Math.round(100 * share)} % ${what}`;
    process.stderr.write(`\r\u001b[K${terminalSentence(text).slice(0, columns - 1)}`);
    stands = true;
  };
}

/** Takes the line away where one stands. */
export function clearProgress(): void {
  if (!stands) return;
  stands = false;
  process.stderr.write('\r\u001b[K');
}
