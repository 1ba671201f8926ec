import * as vscode from 'vscode';
import type { RuntimeSummary } from '../engine/contract.ts';
import { installTfjsNode as install, TFJS_NODE_VERSION } from '../engine/installTfjsNode.ts';
import { Refusal } from '../refusal.ts';
import { logged } from '../session/core/refused.ts';
import { tfjsNodeFolder } from '../session/hostEngine.ts';
import { sayError, sayInfo } from '../session/surfaces/message.ts';
import { withProgress } from '../session/surfaces/progress.ts';
import type { CommandContext } from './context.ts';
import { selectRuntime } from './selectRuntime.ts';

/**
 * Installs tfjs-node into the extension's own storage and shows that it loads.
 * @throws Refusal `untrusted`, `tfjs-node-install`
 */
export async function installTfjsNode(context: CommandContext): Promise<void> {
  const t = vscode.l10n.t;
  try {
    if (!vscode.workspace.isTrusted) {
      throw new Refusal('untrusted', t('Native code is not installed before you trust this workspace.'));
    }
    const before = await loads(context);
    if (before.id === 'tfjs-node') {
      const again = t('Install Again');
      const there = t('tfjs-node {0} is there and loads.', before.version);
      if ((await offerUse(there, again)) !== again) return;
    }
    if (!(await run(context))) return;
    const after = await loads(context);
    if (after.id !== 'tfjs-node') {
      throw new Refusal('tfjs-node-install', after.note ?? t('tfjs-node does not load here.'));
    }
    await offerUse(t('tfjs-node {0} is installed and loads.', after.version));
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    logged(context.log, error);
    void sayFailure(context, error.message);
  }

  async function offerUse(sentence: string, ...others: string[]): Promise<string | undefined> {
    const use = t('Run Models with It');
    const pressed = await sayInfo(sentence, use, ...others);
    if (pressed === use) await selectRuntime(context, 'tfjs-node');
    return pressed;
  }
}

/** Whether the engine's child can load it: it has its own Node, which is not the one npm runs with. */
async function loads({ engine }: CommandContext): Promise<RuntimeSummary> {
  engine.client.renew();
  return engine.client.call('runtime', { prefer: 'tfjs-node' });
}

/** False where it was cancelled. */
async function run({ engine, storage, log }: CommandContext): Promise<boolean> {
  const t = vscode.l10n.t;
  // A file of a library that is loaded cannot be replaced on Windows.
  engine.client.renew();
  return withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: t('Installing tfjs-node {0}', TFJS_NODE_VERSION),
      cancellable: true,
    },
    async (progress, token) => {
      const abort = new AbortController();
      token.onCancellationRequested(() => abort.abort());
      try {
        await install(tfjsNodeFolder(storage).fsPath, {
          signal: abort.signal,
          report: (message) => progress.report({ message }),
          log: (line) => log.info(`npm: ${line}`),
        });
        return true;
      } catch (error) {
        if (abort.signal.aborted) return false;
        throw error;
      }
    },
  );
}

async function sayFailure({ log }: CommandContext, sentence: string): Promise<void> {
  const t = vscode.l10n.t;
  const [setting, showLog] = [t('Open Setting'), t('Show Log')];
  const pressed = await sayError(sentence, setting, showLog);
  if (pressed === showLog) log.show();
  if (pressed === setting) {
    await vscode.commands.executeCommand('workbench.action.openSettings', 'attribution.tfjsNode.path');
  }
}
