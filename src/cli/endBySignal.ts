import { removeUnfinished } from '../files/unfinished.ts';

/** Ends as the signal wants, but leaves no half-written file behind. */
export function endBySignal(): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      removeUnfinished();
      process.kill(process.pid, signal);
    });
  }
}
