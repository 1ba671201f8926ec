import type { ReportProgress } from '../../progress.ts';
import type { Clock } from './clock.ts';
import type { Busy } from './state.ts';

/** Shorter runs show no sign of work: it would only flicker. */
const afterMs = 150;

/** Says that a run is going on once it has taken a while, and then how far it is. */
export class BusySign {
  #now: Busy = { kind: 'busy', what: '' };
  #shown = false;
  readonly #cancel: () => void;

  constructor(
    what: string,
    private readonly show: (busy: Busy) => void,
    clock: Clock,
  ) {
    this.#now = { kind: 'busy', what };
    this.#cancel = clock.after(afterMs, () => {
      this.#shown = true;
      this.show(this.#now);
    });
  }

  readonly report: ReportProgress = (share, what) => {
    this.#now = { kind: 'busy', what, share };
    if (this.#shown) {
      this.show(this.#now);
    }
  };

  end(): void {
    this.#cancel();
    this.#shown = false;
  }
}
