/** A cancelled run may end by itself within this time: a new child with cold caches costs more. */
const LEAST_MS = 150;
const MOST_MS = 3000;
/** Share of what the child has cost so far that the next call may wait for the end of a cancelled one. */
const SHARE = 1 / 8;

/**
 * How long a cancelled run may go on before its child is ended, which forgets the files it has read.
 * @param longestMs the longest call that the child has answered; reading 400 MB takes some ten seconds
 */
export function graceAfter(longestMs: number): number {
  return Math.min(MOST_MS, Math.max(LEAST_MS, longestMs * SHARE));
}
