import * as vscode from 'vscode';
import { type CallOptions, EngineClient } from '../engine/client.ts';
import type { RuntimePreference } from '../engine/contract.ts';
import type { Answer, Argument, Method } from '../engine/protocol.ts';

/** The engine as the settings want it. They are read with every call, so a change needs no reload. */
export class HostEngine implements vscode.Disposable {
  readonly client: EngineClient;

  constructor(extension: vscode.Uri, log: vscode.LogOutputChannel) {
    this.client = new EngineClient({
      entry: vscode.Uri.joinPath(extension, 'dist', 'engine.cjs').fsPath,
      log: (line) => log.info(line),
    });
  }

  get prefer(): RuntimePreference {
    return settings().get<RuntimePreference>('runtime', 'auto');
  }

  call<M extends Method>(method: M, argument: Argument<M>, options: CallOptions = {}): Promise<Answer<M>> {
    return this.client.call(
      method,
      { ...argument, prefer: this.prefer },
      { timeoutMs: 1000 * Math.max(1, settings().get<number>('timeout', 120)), ...options },
    );
  }

  dispose(): void {
    this.client.dispose();
  }
}

function settings(): vscode.WorkspaceConfiguration {
  return vscode.workspace.getConfiguration('attribution');
}
