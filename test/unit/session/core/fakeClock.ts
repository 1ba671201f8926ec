import type { Clock } from '../../../../src/session/core/clock.ts';

/** Time that passes when the test says so. */
export class FakeClock implements Clock {
  #now = 0;
  #waiting: { readonly at: number; readonly action: () => void }[] = [];

  after(ms: number, action: () => void): () => void {
    const entry = { at: this.#now + ms, action };
    this.#waiting.push(entry);
    return () => {
      this.#waiting = this.#waiting.filter((each) => each !== entry);
    };
  }

  /** Everything that falls due in so many milliseconds, in its order, each with what follows from it at once. */
  async pass(ms: number): Promise<void> {
    const end = this.#now + ms;
    for (;;) {
      const [next] = this.#waiting.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
      if (!next) break;
      this.#waiting = this.#waiting.filter((each) => each !== next);
      this.#now = next.at;
      next.action();
      await settled();
    }
    this.#now = end;
    await settled();
  }
}

/** Resolves when every promise that can go on has gone on. */
export function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
