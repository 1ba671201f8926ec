import { unpacked } from './packing.ts';

/** Hands over what a call is told: what is unpacked piece by piece holds up what comes after it. */
export class InOrder {
  #before: Promise<unknown> | undefined;

  hand<M>(message: M, take: (message: M) => void): void {
    const whole = unpacked(message);
    if (this.#before === undefined && !(whole instanceof Promise)) {
      take(whole);
      return;
    }
    this.#before = Promise.all([whole, this.#before]).then(([message]) => take(message));
  }
}
