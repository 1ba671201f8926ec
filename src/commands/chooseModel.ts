import * as path from 'node:path';
import * as vscode from 'vscode';
import { askForModel } from '../session/models/askForModel.ts';
import type { CommandContext } from './context.ts';
import { judgedModels } from './judgedModels.ts';
import { opened } from './opened.ts';

/** @param wanted path of a model file; without it the models of the workspace are listed, those that fit first. */
export async function chooseModel(context: CommandContext, wanted?: string | vscode.Uri): Promise<void> {
  const { session, memory } = context;
  const { file, model } = await opened(context);
  if (!file) {
    return;
  }
  if (!vscode.workspace.isTrusted) {
    return session.rerun();
  }
  const chosen = wanted ? pathOf(wanted) : await askForModel(await judgedModels(context, file), model?.path);
  if (chosen) {
    await session.choose({ model: chosen });
    if (session.state.selection.model === chosen) {
      await memory.keepModel(path.dirname(file.fsPath), chosen);
    }
  }
}

function pathOf(model: string | vscode.Uri): string {
  return typeof model === 'string' ? model : model.fsPath;
}
