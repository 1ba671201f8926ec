import { setImmediate as breathe } from 'node:timers/promises';

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
