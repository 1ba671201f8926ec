import { mixed } from './stepHashes.ts';

/** Runs of `run` steps, of which the least of each `window` is kept. */
export interface Winnowing {
  readonly run: number;
  readonly window: number;
}

const BASE = 0x9e3779b1;
const NONE = 2 ** 32;

/**
 * Runs of steps by which a stretch is known again wherever it stands: in any `window` runs one behind the other the one
 * with the least hash, so that two series that share run + window − 1 steps share one (winnowing, Schleimer et al. 2003).
 * Runs of one and the same step, which say nothing, are none.
 * @param rows [L], see stepHashes
 * @param take gets the hash of each and the position of its last step
 */
export function fingerprints(
  rows: Uint32Array,
  { run, window }: Winnowing,
  take: (hash: number, end: number) => void,
): void {
  let lead = 1;
  for (let k = 0; k < run; k++) lead = Math.imul(lead, BASE);
  const hashes = new Float64Array(rows.length).fill(NONE);
  let [sum, changes] = [0, 0];
  for (let t = 0; t < rows.length; t++) {
    sum = (Math.imul(sum, BASE) + rows[t]!) | 0;
    if (t > 0 && rows[t] !== rows[t - 1]) changes++;
    if (t >= run) {
      sum = (sum - Math.imul(rows[t - run]!, lead)) | 0;
      if (rows[t - run] !== rows[t - run + 1]) changes--;
    }
    if (t >= run - 1 && changes > 0) hashes[t] = mixed(sum);
  }
  // Positions whose hashes rise; the first one is the least of the window.
  const rising: number[] = [];
  let [from, taken] = [0, -1];
  for (let t = run - 1; t < rows.length; t++) {
    while (rising.length > from && hashes[rising.at(-1)!]! >= hashes[t]!) rising.pop();
    rising.push(t);
    if (rising[from]! <= t - window) from++;
    // Of a series of fewer runs than a window, at its end.
    const isFull = t >= run + window - 2 || t === rows.length - 1;
    const least = rising[from]!;
    if (!isFull || least === taken || hashes[least] === NONE) continue;
    taken = least;
    take(hashes[least]!, least);
  }
}
