import { type Clock, realClock } from './clock.ts';

/** Calls `action` once, `ms` after the last `trigger`. */
export class Debounce {
  #cancel: (() => void) | undefined;
  #waiters: (() => void)[] = [];

  constructor(
    private readonly ms: number,
    private readonly action: () => unknown,
    private readonly clock: Clock = realClock,
  ) {}

  trigger(): void {
    this.#cancel?.();
    this.#cancel = this.clock.after(this.ms, () => this.#fire());
  }

  dispose(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    this.#settle();
  }

  /** Resolves when nothing is pending; the action has then been called. */
  get idle(): Promise<void> {
    return this.#cancel ? new Promise((resolve) => this.#waiters.push(resolve)) : Promise.resolve();
  }

  #fire(): void {
    this.#cancel = undefined;
    this.action();
    this.#settle();
  }

  #settle(): void {
    for (const waiter of this.#waiters.splice(0)) waiter();
  }
}
