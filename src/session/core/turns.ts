import type { ReportProgress } from '../../progress.ts';
import { Refusal } from '../../refusal.ts';
import type { Say } from './ports.ts';

/** One piece of long work, from its beginning until it ends or another begins. */
interface Turn {
  readonly signal: AbortSignal;
  /** No more is tried, and the best so far is the answer. */
  readonly enough: AbortSignal;
  /** Whether it goes on still: what comes of one that was ended or overtaken is left aside. */
  readonly isOn: () => boolean;
  /** As `told`, which from the moment somebody has had enough says so in place of the step. */
  readonly telling: (told: ReportProgress) => ReportProgress;
}

/**
 * The rule for cancelling long work, of which one goes on at a time: where there is something to keep, the best so far
 * becomes the result; where there is nothing, or asked again, the work ends.
 */
export class Turns {
  #abort: AbortController | undefined;
  #enough = new AbortController();

  constructor(private readonly say: Say) {}

  /** What is said while the best so far is made the result. */
  get ending(): string {
    return this.say('Stopping: the best so far is kept');
  }

  /** One that goes on already is no longer waited for. */
  begin(): Turn {
    const abort = new AbortController();
    const enough = new AbortController();
    this.#abort = abort;
    this.#enough = enough;
    return {
      ...{ signal: abort.signal, enough: enough.signal, isOn: () => this.#abort === abort },
      telling: (told) => (share, step) => told(share, enough.signal.aborted ? this.ending : step),
    };
  }

  /** What goes on has given its result, or was refused. */
  done(): void {
    this.#abort = undefined;
  }

  /** @param keeps whether there is something to keep. @returns what became of it */
  cancel(keeps: boolean): 'keeps the best' | 'ended' | 'nothing went on' {
    if (this.#abort && keeps && !this.#enough.signal.aborted) {
      this.#enough.abort();
      return 'keeps the best';
    }
    return this.stop() ? 'ended' : 'nothing went on';
  }

  /** @returns whether anything went on */
  stop(): boolean {
    const running = this.#abort;
    this.#abort = undefined;
    running?.abort(new Refusal('cancelled', this.say('Cancelled.')));
    return running !== undefined;
  }
}
