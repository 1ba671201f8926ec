/** A value of the cache with its weight. */
export interface Held<V> {
  readonly value: V;
  /** What it weighs in memory, roughly. */
  readonly bytes: number;
  /** Frees what the garbage collector cannot. */
  readonly dispose?: () => unknown;
}

/**
 * Keeps the values used last, up to a number of bytes; the newest one always stays, however large. A value that is
 * being made is shared by all who ask; one that fails is forgotten.
 */
export class ByteBoundCache<V> {
  readonly #bound: number;
  /** In order of last use, oldest first. */
  readonly #entries = new Map<string, { made: Promise<Held<V>>; bytes: number }>();

  constructor(bound: number) {
    this.#bound = bound;
  }

  get size(): number {
    return this.#entries.size;
  }

  async get(key: string, make: () => Promise<Held<V>>): Promise<V> {
    const known = this.#entries.get(key);
    if (known) {
      this.#entries.delete(key);
      this.#entries.set(key, known);
      return (await known.made).value;
    }
    const entry = { made: make(), bytes: 0 };
    this.#entries.set(key, entry);
    try {
      const kept = await entry.made;
      entry.bytes = kept.bytes;
      this.#shrink(key);
      return kept.value;
    } catch (error) {
      this.#entries.delete(key);
      throw error;
    }
  }

  /** What is kept under that key, which counts as a use; undefined where nothing is. */
  async peek(key: string): Promise<V | undefined> {
    const known = this.#entries.get(key);
    return known && this.get(key, () => Promise.reject(new Error('kept, so never made again')));
  }

  async clear(): Promise<void> {
    const entries = [...this.#entries.values()];
    this.#entries.clear();
    await Promise.all(entries.map(async ({ made }) => (await made.catch(() => undefined))?.dispose?.()));
  }

  #shrink(newest: string): void {
    let total = 0;
    for (const { bytes } of this.#entries.values()) {
      total += bytes;
    }
    for (const [key, entry] of this.#entries) {
      if (total <= this.#bound) {
        return;
      }
      // Those of 0 bytes are still being made.
      if (key !== newest && entry.bytes > 0) {
        this.#entries.delete(key);
        total -= entry.bytes;
        void entry.made.then(({ dispose }) => dispose?.());
      }
    }
  }
}
