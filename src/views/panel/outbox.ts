import { type ArrayPart, sentInParts } from '../../parts.ts';
import type { PanelMessage, ToPanel } from './contract.ts';

/**
 * Messages to the page in their order; large arrays go before theirs piece by piece, with the event loop free between.
 * A page that goes away loses what waits.
 */
export class Outbox {
  #waiting: PanelMessage[] = [];
  #going = false;

  constructor(private readonly post: (message: PanelMessage) => void) {}

  send(message: ToPanel): void {
    const parts: ArrayPart[] = [];
    const rest = message.kind === 'view' ? sentInParts(message, (part) => parts.push(part)) : message;
    if (parts.length === 0 && !this.#going) {
      this.post(rest);
      return;
    }
    for (const part of parts) this.#waiting.push({ kind: 'part', part });
    this.#waiting.push(rest);
    if (!this.#going) void this.#go();
  }

  clear(): void {
    this.#waiting = [];
  }

  async #go(): Promise<void> {
    this.#going = true;
    for (let next = this.#waiting.shift(); next; next = this.#waiting.shift()) {
      this.post(next.kind === 'part' ? { kind: 'part', part: alone(next.part) } : next);
      await new Promise((resolve) => setImmediate(resolve));
    }
    this.#going = false;
  }
}

/** With bytes of its own: the editor sends the whole memory that a piece lies in. */
function alone(part: ArrayPart): ArrayPart {
  return { ...part, bytes: part.bytes.slice() };
}
