import * as vscode from 'vscode';
import type { Explanation } from '../../attribution/explanation.ts';
import { Refusal } from '../../refusal.ts';
import { LastWins } from '../../session/core/lastWins.ts';
import type { Session } from '../../session/session.ts';
import type { SeriesEdit, WhatIfView } from './contract.ts';

const nothing: WhatIfView = { edits: [], explanation: null, sentence: null };

/** The picture of a changed series, beside the one that stands; it goes with it. */
export class WhatIf implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #jobs = new LastWins();
  readonly #subscription: vscode.Disposable;
  #view = nothing;
  #beside: Explanation | undefined;
  /** Of the latest question: an earlier answer comes too late. */
  #asked = 0;

  readonly onDidChange = this.#changed.event;

  constructor(private readonly session: Session) {
    this.#subscription = session.onDidChange(({ explanation }) => {
      if (this.#beside !== explanation) void this.ask([]);
    });
  }

  get view(): WhatIfView {
    return this.#view;
  }

  /** Asks the model about the series with these changes; none: the series as it is. */
  async ask(edits: readonly SeriesEdit[]): Promise<void> {
    this.#beside = this.session.state.explanation;
    const mine = ++this.#asked;
    if (edits.length === 0) {
      if (this.#view !== nothing) this.#become(nothing);
      return;
    }
    await this.#jobs.run(async () => {
      const answer = await this.#answer(edits);
      if (this.#asked === mine) this.#become(answer);
    });
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
  }

  async #answer(edits: readonly SeriesEdit[]): Promise<WhatIfView> {
    try {
      const { explanation } = await this.session.beside({}, { edits });
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
