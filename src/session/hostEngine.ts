import * as vscode from 'vscode';
import { type CallOptions, EngineClient } from '../engine/client.ts';
import { OPENING_SECONDS_VARIABLE } from '../engine/opening.ts';
import type { Answer, Argument, EngineMethod } from '../engine/protocol.ts';
import type { RuntimePreference } from '../engine/requests.ts';
import { TFJS_NODE_INSTALLED_VARIABLE, TFJS_NODE_VARIABLE } from '../runtime/tfjs/findTfjsNode.ts';
import type { Log } from './surfaces/log.ts';

/** The engine as the settings want it. They are read with every call, so a change needs no reload. */
export class HostEngine implements vscode.Disposable {
  readonly client: EngineClient;
  readonly #storage: vscode.Uri;
  /** What the child was started with. */
  #started = '';

  /** @param storage the extension's own folder, for what it installs */
  constructor(extension: vscode.Uri, storage: vscode.Uri, log: Log) {
    this.#storage = storage;
    this.client = new EngineClient({
      entry: vscode.Uri.joinPath(extension, 'dist', 'engine.cjs').fsPath,
      log: (line) => log.info(line),
      env: () => {
        const env = environment(storage);
        this.#started = JSON.stringify(env);
        return env;
      },
    });
  }

  get prefer(): RuntimePreference {
    return settings().get<RuntimePreference>('runtime', 'auto');
  }

  call<M extends EngineMethod>(
    method: M,
    argument: Argument<M>,
    options: CallOptions = {},
  ): Promise<Answer<M>> {
    return this.client.call(
      method,
      { ...argument, prefer: this.prefer },
      { timeoutMs: 1000 * timeoutSeconds(), ...options },
    );
  }

  /** Where the settings want another environment, the next call has a child that was started with it. */
  follow(): void {
    if (JSON.stringify(environment(this.#storage)) !== this.#started) this.client.renew();
  }

  dispose(): void {
    this.client.dispose();
  }
}

/** The settings are restricted: in a workspace that is not trusted only the user's own values count. */
function environment(storage: vscode.Uri): Record<string, string> {
  const named = settings().get<string>('tfjsNode.path', '').trim();
  return {
    [TFJS_NODE_INSTALLED_VARIABLE]: tfjsNodeFolder(storage).fsPath,
    ...(named ? { [TFJS_NODE_VARIABLE]: named } : {}),
    ...(timeoutSeconds() > DEFAULT_TIMEOUT ? { [OPENING_SECONDS_VARIABLE]: `${timeoutSeconds()}` } : {}),
  };
}

const DEFAULT_TIMEOUT = 120;

function timeoutSeconds(): number {
  return Math.max(1, settings().get<number>('timeout', DEFAULT_TIMEOUT));
}

/** Where "Install tfjs-node Runtime" puts it. */
export function tfjsNodeFolder(storage: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(storage, 'tfjs-node');
}

function settings(): vscode.WorkspaceConfiguration {
  return vscode.workspace.getConfiguration('attribution');
}
