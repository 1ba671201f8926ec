import { dirname } from 'node:path';
import * as vscode from 'vscode';
import { contentOf, documentOf, pathOf } from './content.ts';
import { realClock } from './core/clock.ts';
import { SessionCore } from './core/sessionCore.ts';
import type { HostEngine } from './hostEngine.ts';
import { projectRoot } from './linkedScript.ts';
import type { RememberedPicks } from './memory.ts';
import { findModels } from './models/findModels.ts';
import { resolveModel } from './models/resolveModel.ts';
import { scriptRun } from './scriptRun.ts';
import type { Finished, SessionState } from './state.ts';
import type { Log } from './surfaces/log.ts';

/** The session of this window: the core, with the editor around it. */
export class Session extends SessionCore<vscode.Uri> implements vscode.Disposable {
  readonly #changed: vscode.EventEmitter<SessionState>;
  readonly #finished: vscode.EventEmitter<Finished>;
  readonly onDidChange: vscode.Event<SessionState>;
  /** After every explanation of the selection; previews and overtaken runs are none. */
  readonly onDidFinish: vscode.Event<Finished>;

  #readUnsaved = false;

  /** By which the picks of its panel are found again. */
  readonly panel: string;

  constructor(engine: HostEngine, memory: RememberedPicks, log: Log) {
    const changed = new vscode.EventEmitter<SessionState>();
    const finished = new vscode.EventEmitter<Finished>();
    super({
      clock: realClock,
      open: (request, options) => engine.call('open', request, options),
      read: async (file) => {
        const document = documentOf(file);
        this.#readUnsaved = document !== undefined && (document.isDirty || document.isUntitled);
        return {
          ...{ data: pathOf(file), within: projectRoot(file) },
          ...{ textVersion: document?.version, content: await contentOf(file) },
        };
      },
      isTrusted: () => vscode.workspace.isTrusted,
      permit: scriptRun,
      likelyModel: (file) => memory.modelFor(dirname(pathOf(file))),
      models: findModels,
      chooseModel: (_, data, models, options) => resolveModel(engine, memory, data, models, options),
      memory,
      say: (message, ...values) => vscode.l10n.t(message, ...values),
      log,
      changed: (state) => changed.fire(state),
      finished: (one) => finished.fire(one),
    });
    this.panel = memory.panel;
    [this.#changed, this.onDidChange] = [changed, changed.event];
    [this.#finished, this.onDidFinish] = [finished, finished.event];
  }

  /** Whether what was read last is text that stands in an editor only. */
  get readUnsaved(): boolean {
    return this.#readUnsaved;
  }

  override dispose(): void {
    super.dispose();
    this.#changed.dispose();
    this.#finished.dispose();
  }
}
