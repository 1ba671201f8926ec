import * as vscode from 'vscode';
import type { CallOptions } from '../engine/client.ts';
import type { Answer, Argument, EngineMethod } from '../engine/protocol.ts';
import { Refusal } from '../refusal.ts';
import type { HostEngine } from './hostEngine.ts';
import type { Log } from './surfaces/log.ts';
import type { UnkeptModels } from './unkept.ts';

/**
 * Where models are trained and repaired: one at a time, in a child of its own at low priority that ends with the work,
 * as what it holds may be large and its priority never rises again.
 */
export class Lab {
  #doing: string | undefined;

  constructor(
    private readonly engine: HostEngine,
    readonly unkept: UnkeptModels,
    private readonly log: Log,
  ) {}

  /** Why nothing can be begun now; undefined where it can. */
  get busy(): string | undefined {
    return this.#doing === undefined
      ? undefined
      : vscode.l10n.t(
          '{0} goes on already, and one at a time is enough: wait for it or cancel it.',
          this.#doing,
        );
  }

  /** Of the child that works now, for tests and the log. */
  get pid(): number | undefined {
    return this.engine.client.pid;
  }

  /** @param what said to whoever comes while it goes on @throws Refusal `lab-busy`, and as the engine */
  async call<M extends EngineMethod>(
    what: string,
    method: M,
    argument: Argument<M>,
    options: CallOptions,
  ): Promise<Answer<M>> {
    if (this.busy !== undefined) throw new Refusal('lab-busy', this.busy);
    this.#doing = what;
    void this.#noted(this.unkept.begun(method, argument));
    try {
      const answer = await this.engine.call(method, argument, options);
      await this.#noted(this.unkept.made(method, answer));
      return answer;
    } catch (error) {
      // Where the window closes, the next one says what it has broken off.
      const isClosing = error instanceof Refusal && error.code === 'engine-closed';
      if (!isClosing) void this.#noted(this.unkept.ended(method));
      throw error;
    } finally {
      this.#doing = undefined;
      this.engine.client.renew();
    }
  }

  /** A model that cannot be set aside for the next window is still there in this one. */
  async #noted(writing: Promise<void>): Promise<void> {
    try {
      await writing;
    } catch (error) {
      this.log.warn(`The model is not set aside: ${(error as Error).message}`);
    }
  }
}
