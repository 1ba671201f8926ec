import * as vscode from 'vscode';
import type { Explanation } from '../../attribution/explanation.ts';
import { Refusal } from '../../refusal.ts';
import { LastWins } from '../../session/core/lastWins.ts';
import type { Session } from '../../session/session.ts';
import type { SeriesEdit, WhatIfView } from './contract.ts';
import { KeptEdits } from './keptEdits.ts';

const nothing: WhatIfView = { edits: [], explanation: null, sentence: null };

/** The picture of a changed series, beside the one that stands. It goes with it, and comes back with it. */
export class WhatIf implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #jobs = new LastWins();
  readonly #kept = new KeptEdits();
  readonly #subscription: vscode.Disposable;
  #view = nothing;
  #beside: Explanation | undefined;
  /** Of the latest question: an earlier answer comes too late. */
  #asked = 0;

  readonly onDidChange = this.#changed.event;

  constructor(private readonly session: Session) {
    this.#subscription = session.onDidChange(({ explanation }) => {
      if (this.#beside !== explanation) this.#moved(explanation);
    });
  }

  get view(): WhatIfView {
    return this.#view;
  }

  /** Asks the model about the series with these changes; none: the series as it is. */
  async ask(edits: readonly SeriesEdit[]): Promise<void> {
    const { explanation } = this.session.state;
    this.#beside = explanation;
    if (explanation) this.#kept.keep(explanation, edits);
    const mine = ++this.#asked;
    if (edits.length === 0) {
      if (this.#view !== nothing) this.#become(nothing);
      return;
    }
    await this.#jobs.run(async () => {
      const answer = await this.#answer(edits, explanation?.instance.index);
      if (this.#asked === mine) this.#become(answer);
    });
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
  }

  /** The page hears of the changes before the picture that they are of, and of the answer after it. */
  #moved(explanation: Explanation | undefined): void {
    const edits = explanation ? this.#kept.of(explanation) : [];
    this.#beside = explanation;
    this.#asked++;
    if (edits.length > 0) this.#become({ ...nothing, edits });
    else if (this.#view !== nothing) this.#become(nothing);
    if (edits.length > 0) void this.ask(edits);
  }

  /** @param instance the one that is shown, which need not be the one that is picked */
  async #answer(edits: readonly SeriesEdit[], instance: number | undefined): Promise<WhatIfView> {
    try {
      const { explanation } = await this.session.beside(instance === undefined ? {} : { instance }, {
        edits,
      });
      return { edits, explanation, sentence: null };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return { edits, explanation: null, sentence: error.message };
    }
  }

  #become(view: WhatIfView): void {
    this.#view = view;
    this.#changed.fire();
  }
}
