import * as vscode from 'vscode';
import type { Explanation } from '../../attribution/explanation.ts';
import type { Session } from '../../session/session.ts';
import type { PanelViews } from './contract.ts';

/** The maps of all classes, which go with the picture they were made beside. */
export class EveryClass implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscription: vscode.Disposable;
  #explanation: Explanation | null = null;
  #beside: Explanation | undefined;

  readonly onDidChange = this.#changed.event;

  constructor(private readonly session: Session) {
    this.#subscription = session.onDidChange(({ explanation }) => {
      if (this.#explanation && this.#beside !== explanation) this.#set(null);
    });
  }

  get view(): PanelViews['classes'] {
    return { explanation: this.#explanation };
  }

  show(explanation: Explanation): void {
    this.#beside = this.session.state.explanation;
    this.#set(explanation);
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
  }

  #set(explanation: Explanation | null): void {
    this.#explanation = explanation;
    this.#changed.fire();
  }
}
