/**
 * Runs one job at a time. A job asked for while another runs waits; a newer one takes its place. So arrowing quickly
 * through a list never piles up work, and the last request is always the one that is answered.
 */
export class LastWins {
  #running: Promise<void> | undefined;
  #waiting: { readonly job: () => Promise<void>; readonly settle: (done: boolean) => void } | undefined;

  /** Resolves to false when a newer job took this one's place before it started. Jobs handle their own errors. */
  run(job: () => Promise<void>): Promise<boolean> {
    this.#waiting?.settle(false);
    return new Promise((resolve) => {
      this.#waiting = { job, settle: resolve };
      if (!this.#running) {
        this.#running = this.#drain();
      }
    });
  }

  /** True when a newer job waits: what the running one finds is already out of date. */
  get overtaken(): boolean {
    return this.#waiting !== undefined;
  }

  get idle(): Promise<void> {
    return this.#running ?? Promise.resolve();
  }

  async #drain(): Promise<void> {
    await Promise.resolve();
    while (this.#waiting) {
      const { job, settle } = this.#waiting;
      this.#waiting = undefined;
      try {
        await job();
      } finally {
        settle(true);
      }
    }
    this.#running = undefined;
  }
}
