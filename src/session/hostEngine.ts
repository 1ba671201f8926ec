import * as vscode from 'vscode';
import { type CallOptions, EngineClient } from '../engine/client.ts';
import type { RuntimePreference } from '../engine/contract.ts';
import type { Answer, Argument, Method } from '../engine/protocol.ts';
import { TFJS_NODE_INSTALLED_VARIABLE, TFJS_NODE_VARIABLE } from '../runtime/tfjs/findTfjsNode.ts';
import type { Log } from './surfaces/log.ts';

/** The engine as the settings want it. They are read with every call, so a change needs no reload. */
export class HostEngine implements vscode.Disposable {
  readonly client: EngineClient;

  /** @param storage the extension's own folder, for what it installs */
  constructor(extension: vscode.Uri, storage: vscode.Uri, log: Log) {
    this.client = new EngineClient({
      entry: vscode.Uri.joinPath(extension, 'dist', 'engine.cjs').fsPath,
      log: (line) => log.info(line),
      env: () => whereTfjsNodeIs(storage),
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

/** The setting is restricted: in a workspace that is not trusted only the user's own value counts. */
function whereTfjsNodeIs(storage: vscode.Uri): Record<string, string> {
  const named = settings().get<string>('tfjsNode.path', '').trim();
  return {
    [TFJS_NODE_INSTALLED_VARIABLE]: tfjsNodeFolder(storage).fsPath,
    ...(named ? { [TFJS_NODE_VARIABLE]: named } : {}),
  };
}

/** Where "Install tfjs-node Runtime" puts it. */
export function tfjsNodeFolder(storage: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(storage, 'tfjs-node');
}

function settings(): vscode.WorkspaceConfiguration {
  return vscode.workspace.getConfiguration('attribution');
}
