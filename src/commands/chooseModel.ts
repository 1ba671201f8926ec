import * as path from 'node:path';
import * as vscode from 'vscode';
import { askForModel } from '../session/models/askForModel.ts';
import { findModels } from '../session/models/findModels.ts';
import { judgeModels } from '../session/models/judgeModels.ts';
import type { CommandContext } from './context.ts';
import { opened } from './opened.ts';

/** @param wanted path of a model file; without it the models of the workspace are listed, those that fit first. */
export async function chooseModel(context: CommandContext, wanted?: string | vscode.Uri): Promise<void> {
  const { session, engine, memory } = context;
  const { file, data, model } = await opened(context);
  if (!file || !data || !vscode.workspace.isTrusted) {
    return;
  }
  const chosen = wanted ? pathOf(wanted) : await ask();
  if (chosen) {
    await session.choose({ model: chosen });
    if (session.state.selection.model === chosen) {
      await memory.keepModel(path.dirname(data.path), chosen);
    }
  }

  async function ask(): Promise<string | undefined> {
    const judging = { location: vscode.ProgressLocation.Window, title: vscode.l10n.t('Looking at models') };
    const judged = await vscode.window.withProgress(judging, async () =>
      judgeModels(engine, await findModels(file!), data!, {}),
    );
    return askForModel(judged, model?.path);
  }
}

function pathOf(model: string | vscode.Uri): string {
  return typeof model === 'string' ? model : model.fsPath;
}
