import { removeUnfinished } from '../files/unfinished.ts';
import { clearProgress } from './progressLine.ts';

/** What the first Ctrl+C does in place of ending, where a command has something to keep. */
let first: (() => void) | undefined;

/** Ends as the signal wants, but leaves no half-written file behind. */
export function endBySignal(): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    const heard = () => {
      if (signal === 'SIGINT' && first) {
        const keep = first;
        first = undefined;
        return keep();
      }
      process.off(signal, heard);
      removeUnfinished();
      clearProgress();
      process.kill(process.pid, signal);
    };
    process.on(signal, heard);
  }
}

/** @returns takes it back */
export function onFirstInterrupt(keep: () => void): () => void {
  first = keep;
  return () => {
    first = undefined;
  };
}
