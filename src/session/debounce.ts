/** Calls `action` once, `ms` after the last `trigger`. */
export class Debounce {
  #timer: NodeJS.Timeout | undefined;
  #waiters: (() => void)[] = [];

  constructor(
    private readonly ms: number,
    private readonly action: () => unknown,
  ) {}

  trigger(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#fire(), this.ms);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#settle();
  }

  /** Resolves when nothing is pending; the action has then been called. */
  get idle(): Promise<void> {
    return this.#timer ? new Promise((resolve) => this.#waiters.push(resolve)) : Promise.resolve();
  }

  #fire(): void {
    this.#timer = undefined;
    this.action();
    this.#settle();
  }

  #settle(): void {
    for (const waiter of this.#waiters.splice(0)) waiter();
  }
}
