interface Waiting {
  readonly job: () => Promise<void>;
  readonly settle: (started: boolean) => void;
  readonly fail: (error: unknown) => void;
}

/**
 * Runs one job at a time. A job asked for while another runs waits; a newer one takes its place. So arrowing quickly
 * through a list never piles up work, and the last request is always the one that is answered.
 */
export class LastWins {
  #draining: Promise<void> | undefined;
  #waiting: Waiting | undefined;

  /** Resolves to false when a newer job took this one's place before it started. */
  run(job: () => Promise<void>): Promise<boolean> {
    this.#waiting?.settle(false);
    return new Promise((settle, fail) => {
      this.#waiting = { job, settle, fail };
      this.#draining ??= this.#drain();
    });
  }

  /** Resolves when nothing runs and nothing waits. */
  get idle(): Promise<void> {
    return this.#draining ?? Promise.resolve();
  }

  async #drain(): Promise<void> {
    while (this.#waiting) {
      const { job, settle, fail } = this.#waiting;
      this.#waiting = undefined;
      await job().then(() => settle(true), fail);
    }
    this.#draining = undefined;
  }
}
