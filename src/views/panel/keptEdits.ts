import { createHash } from 'node:crypto';
import type { Explanation } from '../../attribution/explanation.ts';
import type { SeriesEdit } from './contract.ts';

/** So many changed series are remembered; the oldest goes first. */
const most = 50;

/** The changes of each series, for when it comes back. Another file, model or content is another series. */
export class KeptEdits {
  readonly #edits = new Map<string, readonly SeriesEdit[]>();

  /** @param edits none: the series is as it is again */
  keep(explanation: Explanation, edits: readonly SeriesEdit[]): void {
    if (edits.length === 0 && this.#edits.size === 0) return;
    const key = keyOf(explanation);
    this.#edits.delete(key);
    if (edits.length > 0) this.#edits.set(key, edits);
    const [oldest] = this.#edits.keys();
    if (this.#edits.size > most) this.#edits.delete(oldest!);
  }

  of(explanation: Explanation): readonly SeriesEdit[] {
    return (this.#edits.size > 0 && this.#edits.get(keyOf(explanation))) || [];
  }
}

function keyOf({ instance, provenance, signals }: Explanation): string {
  const content = createHash('sha1').update(signals.input).digest('hex');
  return JSON.stringify([provenance.data, instance.index, instance.id, provenance.modelHash, content]);
}
