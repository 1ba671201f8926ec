import type { PanelLook } from '../src/views/panel/contract.ts';

const pause = 250;

/**
 * How the page is drawn, told to the host when it changes: at once for a switch, after a pause while zooming.
 * A look that is still to be told wins over the one in an older snapshot.
 */
export class Look {
  #current: PanelLook = {
    hidePadding: false,
    cropPadding: false,
    rangeWithoutPadding: false,
    zoom: null,
    table: false,
  };
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly tell: (look: PanelLook) => void) {}

  get current(): PanelLook {
    return this.#current;
  }

  /** The host's own word. */
  adopt(look: PanelLook): void {
    if (this.#timer === undefined) this.#current = look;
  }

  change(change: Partial<PanelLook>, soon = false): void {
    this.#current = { ...this.#current, ...change };
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.flush(), pause);
    if (!soon) this.flush();
  }

  /** Tells what is still to be told. */
  flush(): void {
    if (this.#timer === undefined) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.tell(this.#current);
  }
}
