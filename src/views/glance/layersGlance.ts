import * as path from 'node:path';
import * as vscode from 'vscode';
import type { CallOptions } from '../../engine/client.ts';
import type { ModelSummary } from '../../engine/contract.ts';
import { Refusal } from '../../refusal.ts';
import type { HostEngine } from '../../session/hostEngine.ts';
import { projectFor } from '../../session/linkedScript.ts';
import { besideProject } from './besideProject.ts';
import type { Glance } from './glancePage.ts';

/** More rows than this nobody reads. */
const mostLayers = 2000;
const mostClasses = 1000;

/**
 * A model's layers: shapes, and how far each of them reads.
 * @throws Refusal `virtual-file`, `untrusted` when it is shown
 */
export function layersGlance(engine: HostEngine, file: vscode.Uri): Glance {
  return {
    async show(post, _, signal) {
      const name = path.basename(file.path);
      if (file.scheme !== 'file') {
        throw new Refusal(
          'virtual-file',
          vscode.l10n.t('{0} is on a virtual file system; copy it to a local folder first.', name),
        );
      }
      if (!vscode.workspace.isTrusted) {
        throw new Refusal(
          'untrusted',
          vscode.l10n.t('Models are not loaded before you trust this workspace.'),
        );
      }
      post({ kind: 'busy', what: vscode.l10n.t('Reading {0}', name) });
      const model = await summaryOf(engine, file, { signal });
      post({
        kind: 'model',
        model: {
          name,
          ...model,
          classes: model.classes.slice(0, mostClasses),
          layers: model.layers.slice(0, mostLayers),
          more: Math.max(0, model.layers.length - mostLayers),
        },
      });
    },
    async run(command) {
      const data = await vscode.commands.executeCommand('attribution.explainFile', undefined, file.fsPath);
      if (command === 'audit' && data) await vscode.commands.executeCommand('attribution.auditFile', data);
    },
  };
}

type Shown = Omit<ModelSummary, 'path' | 'hash'>;

async function summaryOf(engine: HostEngine, file: vscode.Uri, options: CallOptions): Promise<Shown> {
  return besideProject(await projectFor(file), async (project) => {
    const asked = { model: file.fsPath, project };
    const { path: _, hash: __, ...shown } = await engine.call('model', asked, options);
    return shown;
  });
}
