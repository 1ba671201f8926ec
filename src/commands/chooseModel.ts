import * as path from 'node:path';
import * as vscode from 'vscode';
import { contentOf, pathOf as dataPath } from '../session/content.ts';
import { logged } from '../session/core/refused.ts';
import { askForModel } from '../session/models/askForModel.ts';
import { findModels } from '../session/models/findModels.ts';
import { type JudgedModel, judgeModels } from '../session/models/judgeModels.ts';
import { withProgress } from '../session/surfaces/progress.ts';
import type { CommandContext } from './context.ts';
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
  const chosen = wanted ? pathOf(wanted) : await askForModel(await judged(context, file), model?.path);
  if (chosen) {
    await session.choose({ model: chosen });
    if (session.state.selection.model === chosen) {
      await memory.keepModel(path.dirname(file.fsPath), chosen);
    }
  }
}

/** The models at hand; where the data cannot be read, none is said to fit or not. */
async function judged({ engine, log }: CommandContext, file: vscode.Uri): Promise<JudgedModel[]> {
  const looking = { location: vscode.ProgressLocation.Window, title: vscode.l10n.t('Looking at models') };
  return withProgress(looking, async () => {
    const paths = await findModels(file);
    try {
      const data = await engine.call('data', { data: dataPath(file), content: await contentOf(file) });
      return await judgeModels(engine, paths, data, {});
    } catch (error) {
      logged(log, error);
      return paths.map((model) => ({ path: model, fits: true, because: '' }));
    }
  });
}

function pathOf(model: string | vscode.Uri): string {
  return typeof model === 'string' ? model : model.fsPath;
}
