import * as vscode from 'vscode';
import { contentOf, pathOf } from '../session/content.ts';
import { logged } from '../session/core/refused.ts';
import { findModels } from '../session/models/findModels.ts';
import { type JudgedModel, judgeModels } from '../session/models/judgeModels.ts';
import { withProgress } from '../session/surfaces/progress.ts';
import type { CommandContext } from './context.ts';

/** The models at hand; where the data cannot be read, none is said to fit or not. */
export async function judgedModels(
  { engine, log }: Pick<CommandContext, 'engine' | 'log'>,
  file: vscode.Uri,
): Promise<JudgedModel[]> {
  const looking = { location: vscode.ProgressLocation.Window, title: vscode.l10n.t('Looking at models') };
  return withProgress(looking, async () => {
    const paths = await findModels(file);
    try {
      const data = await engine.call('data', { data: pathOf(file), content: await contentOf(file) });
      return await judgeModels(engine, paths, data, {});
    } catch (error) {
      logged(log, error);
      return paths.map((model) => ({ path: model, fits: true, because: '' }));
    }
  });
}
