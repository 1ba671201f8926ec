import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { EXPORT_MODEL, type ExportedModel, type ModelRequest } from '../../notebook/exportModel.ts';
import { FIND_VARIABLES, type NotebookVariable } from '../../notebook/variables.ts';
import { WRITE_VARIABLE, type WriteRequest, type WrittenVariable } from '../../notebook/writeVariable.ts';
import { Refusal } from '../../refusal.ts';
import { kernelPlace } from './jupyter.ts';
import type { PythonPlace } from './pythonPlace.ts';

/** What a person chose to be explained. */
export interface NotebookPick {
  readonly series: string;
  readonly labels?: string;
  readonly lengths?: string;
  readonly mask?: string;
  /** A model that is exported in the kernel. */
  readonly model?: string;
}

/** The files it was written to. */
export interface NotebookFiles {
  readonly data: vscode.Uri;
  readonly model?: string;
}

const MOST_BYTES = 2 ** 30;

interface Followed {
  /** A notebook's; a program tells by itself. */
  readonly notebook?: string;
  readonly pick: NotebookPick;
  readonly data: vscode.Uri;
  readonly digests: { data: string; model?: string };
}

/** Variables of notebooks as files in the extension's own folder, written anew when a cell has run. */
export class Notebooks implements vscode.Disposable {
  readonly #subscription: vscode.Disposable;
  #followed: Followed | undefined;
  #stops: vscode.Disposable | undefined;
  #writing: Promise<unknown> = Promise.resolve();

  /**
   * @param folder where the files are put
   * @param isShown whether anybody looks at it; else a paused program is left alone
   * @param failed told why what is looked at could not be written anew; the files stay as they were
   */
  constructor(
    private readonly folder: vscode.Uri,
    private readonly isShown: (data: vscode.Uri) => boolean,
    private readonly failed: (data: vscode.Uri, error: unknown) => void,
  ) {
    this.#subscription = vscode.workspace.onDidChangeNotebookDocument(({ notebook, cellChanges }) => {
      if (!cellChanges.some(({ executionSummary }) => executionSummary?.success)) return;
      const followed = this.#followed;
      if (followed?.notebook !== notebook.uri.toString()) return;
      this.#again(followed, () => kernelPlace(notebook));
    });
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#stops?.dispose();
  }

  /** Resolves when nothing is being written. */
  get idle(): Promise<unknown> {
    return this.#writing;
  }

  /** @throws Refusal `kernel`, `debugger` */
  async variables(place: PythonPlace): Promise<readonly NotebookVariable[]> {
    return (await place.ask<{ variables: NotebookVariable[] }>(FIND_VARIABLES, {}, never())).variables;
  }

  /**
   * Writes what was picked, and the series again at later stops of a program; its model stays, since exporting it holds
   * the program up.
   * @throws Refusal `kernel`, `debugger`, `kernel-elsewhere`
   */
  async take(
    place: PythonPlace,
    pick: NotebookPick,
    token: vscode.CancellationToken,
  ): Promise<NotebookFiles> {
    const { data, model } = await this.#write(place, pick, undefined, token);
    const file = vscode.Uri.file(data.file);
    const followed = { pick: { ...pick, model: undefined }, data: file, digests: { data: data.digest } };
    this.#looksAt(followed);
    this.#stops = place.later?.((now) => {
      if (this.isShown(file)) this.#again(followed, async () => now);
    });
    return { data: file, model: model?.file };
  }

  /**
   * Writes what was picked and goes on doing so whenever a cell of the notebook has run.
   * @throws Refusal `no-kernel`, `kernel`, `kernel-elsewhere`
   */
  async follow(
    notebook: vscode.NotebookDocument,
    pick: NotebookPick,
    token: vscode.CancellationToken,
  ): Promise<NotebookFiles> {
    const { data, model } = await this.#write(await kernelPlace(notebook), pick, undefined, token);
    const file = vscode.Uri.file(data.file);
    this.#looksAt({
      ...{ notebook: notebook.uri.toString(), pick, data: file },
      digests: { data: data.digest, model: model?.digest },
    });
    return { data: file, model: model?.file };
  }

  async #write(
    { key, ask }: PythonPlace,
    { model: wanted, ...pick }: NotebookPick,
    known: Followed['digests'] | undefined,
    token: vscode.CancellationToken,
  ): Promise<{ data: WrittenVariable; model?: ExportedModel }> {
    // A folder for each variable: an attribution.json beside it is for that one.
    const place = createHash('sha256').update(`${key}\n${pick.series}`).digest('hex').slice(0, 16);
    const file = (name: string) => path.join(this.folder.fsPath, 'notebooks', place, name);
    const request: WriteRequest = {
      ...pick,
      ...{ file: file(pick.series), limit: MOST_BYTES, known: known?.data },
    };
    const data = await ask<WrittenVariable>(WRITE_VARIABLE, request, token);
    if (!existsSync(data.file)) {
      throw new Refusal(
        'kernel-elsewhere',
        vscode.l10n.t(
          'Python runs on another machine, whose files cannot be read here; open a window there, or save {0} as .npz and copy it.',
          pick.series,
        ),
      );
    }
    if (wanted === undefined) return { data };
    const asked: ModelRequest = {
      ...{ model: wanted, series: pick.series, data: data.file, file: file(wanted), known: known?.model },
    };
    return { data, model: await ask<ExportedModel>(EXPORT_MODEL, asked, token) };
  }

  #looksAt(followed: Followed): void {
    this.#stops?.dispose();
    this.#stops = undefined;
    this.#followed = followed;
  }

  /** The files change only where the values did; who watches them sees to the rest. */
  #again(followed: Followed, place: () => Promise<PythonPlace>): void {
    this.#writing = this.#writing.then(async () => {
      if (followed !== this.#followed) return;
      try {
        const { data, model } = await this.#write(await place(), followed.pick, followed.digests, never());
        Object.assign(followed.digests, { data: data.digest, model: model?.digest });
      } catch (error) {
        // Written the next time, the same or not: what was said about it goes then.
        Object.assign(followed.digests, { data: '' });
        this.failed(followed.data, error);
      }
    });
  }
}

function never(): vscode.CancellationToken {
  return new vscode.CancellationTokenSource().token;
}
