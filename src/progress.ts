import { setImmediate as breathe } from 'node:timers/promises';

/** Called with the share of the work that is done (0..1) and what is being done, e.g. `Reading data.csv`. */
export type ReportProgress = (share: number, what: string) => void;

/** Of work in many small parts, between two breaks. */
const AT_ONCE_MS = 15;

/**
 * Awaited between the parts of long work, so that whoever waits for the process, or has cancelled, is heard.
 * @returns throws the signal's reason when cancelled
 */
export function breaks(signal?: AbortSignal): () => Promise<void> | undefined {
  let began = performance.now();
  return () => {
    if (performance.now() - began < AT_ONCE_MS) return undefined;
    return breathe().then(() => {
      signal?.throwIfAborted();
      began = performance.now();
    });
  };
}
