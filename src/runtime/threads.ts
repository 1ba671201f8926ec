import { availableParallelism } from 'node:os';

/** The models are small: beyond two threads the time goes into waking them. */
export function threadCount(): number {
  return Math.min(2, availableParallelism());
}
