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
  /** @param panel whose picks they are, where several may show the same file */
  constructor(
    private readonly store: vscode.Memento,
    readonly panel = '',
  ) {}

  /** The picks of one panel; of a file that it has not shown, those of the others. */
  of(panel: string): RememberedPicks {
    return new RememberedPicks(this.store, panel);
  }

  selection(file: vscode.Uri): Selection | undefined {
    const { files } = this.#read();
    const kept = files[this.#own(file)] ?? files[file.toString()];
    return kept && keptSelection(kept);
  }

  /** For a panel that was closed before its page could keep anything itself. */
  get last(): string | undefined {
    return this.#read().last;
  }

  /** Without the settings of a change that was only looked at. */
  keepSelection(file: vscode.Uri, { set: _set, ...selection }: Selection): Thenable<void> {
    const [name, own] = [file.toString(), this.#own(file)];
    const { [name]: _, [own]: __, ...others } = this.#read().files;
    const recent = Object.entries(others).slice(1 - remembered);
    const files = { ...Object.fromEntries(recent), [own]: selection, [name]: selection };
    return this.#write({ files, last: name });
  }

  modelFor(folder: string): string | undefined {
    return this.#read().models[folder];
  }

  keepModel(folder: string, model: string): Thenable<void> {
    return this.#write({ models: { ...this.#read().models, [folder]: model } });
  }

  #own(file: vscode.Uri): string {
    return this.panel ? `${file} ${this.panel}` : file.toString();
  }

  #read(): Navigation {
    return { files: {}, models: {}, ...this.store.get<Partial<Navigation>>(key) };
  }

  #write(changes: Partial<Navigation>): Thenable<void> {
    return this.store.update(key, { ...this.#read(), ...changes });
  }
}
