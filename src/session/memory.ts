import type * as vscode from 'vscode';
import { keptSelection } from '../runs/selection.ts';
import type { Selection } from './core/selection.ts';

const key = 'attribution.navigation';
/** Files whose picks are remembered; the oldest goes first. */
const remembered = 50;

/** Navigation only, never anything computed. */
interface Navigation {
  readonly files: Readonly<Record<string, Selection>>;
  /** Chosen model per folder of data files. */
  readonly models: Readonly<Record<string, string>>;
  /** URI of the file looked at last. */
  readonly last?: string;
}

/** What is kept in the workspace across window reloads. */
export class RememberedPicks {
  constructor(private readonly store: vscode.Memento) {}

  selection(file: vscode.Uri): Selection | undefined {
    const kept = this.#read().files[file.toString()];
    return kept && keptSelection(kept);
  }

  /** For a panel that was closed before its page could keep anything itself. */
  get last(): string | undefined {
    return this.#read().last;
  }

  /** Without the settings of a change that was only looked at. */
  keepSelection(file: vscode.Uri, { set: _set, ...selection }: Selection): Thenable<void> {
    const name = file.toString();
    const { [name]: _, ...others } = this.#read().files;
    const recent = Object.entries(others).slice(1 - remembered);
    return this.#write({ files: { ...Object.fromEntries(recent), [name]: selection }, last: name });
  }

  modelFor(folder: string): string | undefined {
    return this.#read().models[folder];
  }

  keepModel(folder: string, model: string): Thenable<void> {
    return this.#write({ models: { ...this.#read().models, [folder]: model } });
  }

  #read(): Navigation {
    return { files: {}, models: {}, ...this.store.get<Partial<Navigation>>(key) };
  }

  #write(changes: Partial<Navigation>): Thenable<void> {
    return this.store.update(key, { ...this.#read(), ...changes });
  }
}
