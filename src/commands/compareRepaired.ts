import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { writeAtomically } from '../files/atomicFile.ts';
import { Refusal } from '../refusal.ts';
import { logged } from '../session/core/refused.ts';
import { sayError } from '../session/surfaces/message.ts';
import { withProgress } from '../session/surfaces/progress.ts';
import { offerLog } from '../views/offerLog.ts';
import type { CommandContext } from './context.ts';

/** Shows the instance being looked at by the model as trained | by its repaired copy, at the same layer, for the same class. */
export async function compareRepaired(context: CommandContext): Promise<void> {
  const { works, session, runs, panel, log, storage, workspaceStorage } = context;
  const { result } = works.repair.view;
  const { explanation } = session.state;
  if (!result?.model || !explanation) {
    void sayError(vscode.l10n.t('There is no repaired model yet: run Repair Padding first.'));
    return;
  }
  const bytes = result.model;
  try {
    await withProgress(
      { location: vscode.ProgressLocation.Window, title: vscode.l10n.t('Comparing') },
      async () => {
        const folder = vscode.Uri.joinPath(workspaceStorage ?? storage, 'repaired');
        const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 12);
        const model = vscode.Uri.joinPath(folder, hash, nameOf(result.found.provenance.model)).fsPath;
        await mkdir(path.dirname(model), { recursive: true });
        await writeAtomically(model, bytes);
        const { layer, target } = explanation;
        const same = { madeFor: undefined, layer: layer.name, target: target.index };
        await runs.compareWithPicks({ ...same, model });
      },
    );
    panel.bring('compare');
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    logged(log, error);
    void offerLog(log, error.message);
  }
}

/** As Keep Repaired Model… offers it: the view names models by their file. */
function nameOf(model: string): string {
  return `${path.basename(model, path.extname(model))}_repaired.onnx`;
}
