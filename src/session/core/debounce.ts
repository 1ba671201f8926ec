import { type Clock, realClock } from './clock.ts';

/** Calls `action` once, `ms` after the last `trigger`, or `most` ms after the first where they do not end. */
export class Debounce {
  #cancel: (() => void) | undefined;
  #last: (() => void) | undefined;
  #waiters: (() => void)[] = [];

  constructor(
    private readonly ms: number,
    private readonly action: () => unknown,
    private readonly clock: Clock = realClock,
    private readonly most = Number.POSITIVE_INFINITY,
  ) {}

  trigger(): void {
    this.#cancel?.();
    this.#cancel = this.clock.after(this.ms, () => this.#fire());
    if (Number.isFinite(this.most)) this.#last ??= this.clock.after(this.most, () => this.#fire());
  }

  dispose(): void {
    this.#forget();
    this.#settle();
  }

  /** Resolves when nothing is pending; the action has then been called. */
  get idle(): Promise<void> {
    return this.#cancel ? new Promise((resolve) => this.#waiters.push(resolve)) : Promise.resolve();
  }

  #fire(): void {
    this.#forget();
    this.action();
    this.#settle();
  }

  #forget(): void {
    this.#cancel?.();
    this.#last?.();
    this.#cancel = undefined;
    this.#last = undefined;
  }

  #settle(): void {
    for (const waiter of this.#waiters.splice(0)) waiter();
  }
}
