import * as path from 'node:path';
import * as vscode from 'vscode';
import { writeAtomically } from '../files/atomicFile.ts';
import { findProject, projectFileName } from '../project/project.ts';
import { IS_THERE, type SettingsBeside, settingsBeside } from '../project/settingsBeside.ts';
import { askOne } from '../session/askOne.ts';
import { sayError, sayInfo, sayWarning } from '../session/surfaces/message.ts';
import type { TrainedOn } from '../session/training.ts';
import { jsonText } from '../surfaces/json.ts';
import type { CommandContext } from './context.ts';
import { lookAt } from './explainFile.ts';
import { saveAs } from './saveAs.ts';

/** What becomes of the settings that feed the model. */
type Settings = 'write' | 'replace' | 'none';

/**
 * Writes the trained model beside its file, and attribution.json once that is agreed to; then the panel opens with it.
 * @param given where; without it a dialog asks
 * @param wanted without it a list asks
 */
export async function keepTrained(
  context: CommandContext,
  given?: vscode.Uri,
  wanted?: Settings,
): Promise<void> {
  const { training, lab } = context;
  const t = vscode.l10n.t;
  const trained = training.trained ?? (await earlier(lab.unkept));
  if (!trained) {
    void sayError(t('There is no trained model yet: run Train a Model on This File first.'));
    return;
  }
  const { file, wish, answer } = trained;
  const ending = `_${wish.architecture.replaceAll('-', '_')}.onnx`;
  const target = await saveAs(answer.onnx, given, file, ending, { ONNX: ['onnx'] }, true);
  if (!target) return;
  await lab.unkept.kept('train', answer.onnx);
  const beside = await settingsBeside(target.fsPath, { taught: [file.fsPath] }).catch((error: unknown) => {
    void sayError((error as Error).message);
  });
  if (beside === undefined) return;
  const how = wanted ?? (await askSettings(beside));
  if (how === undefined) {
    const name = path.basename(target.fsPath);
    void sayWarning(t('{0} stands without its settings; Keep Trained Model… writes them.', name));
    return;
  }
  training.written();
  if (how === 'none') return;
  const usual = path.join(path.dirname(target.fsPath), projectFileName);
  const settings = how === 'replace' ? usual : beside.path;
  const model = path.relative(path.dirname(settings), target.fsPath).replaceAll('\\', '/');
  try {
    if (how === 'replace' && beside.apart === IS_THERE)
      await vscode.workspace.fs.copy(uri(usual), await unused(usual));
    await writeAtomically(settings, `${jsonText({ model, ...answer.settings }, 2)}\n`);
  } catch (error) {
    void sayError(t('{0} cannot be written ({1}).', path.basename(settings), (error as Error).message));
    return;
  }
  const within = vscode.workspace.getWorkspaceFolder(file)?.uri.fsPath;
  if ((await findProject(file.fsPath, within)) === settings)
    await lookAt(context.next(), file, target.fsPath);
  else {
    const name = path.basename(settings);
    void sayInfo(
      t('{0} lies beside the model; {1} is read by another one.', name, path.basename(file.fsPath)),
    );
  }
}

/** What the window before has left. */
async function earlier(unkept: CommandContext['lab']['unkept']): Promise<TrainedOn | undefined> {
  const { data, wish } = unkept.of('train', 'made') ?? {};
  if (data === undefined || !wish) return undefined;
  return { file: uri(data), wish, answer: await unkept.trained() };
}

async function askSettings({ path: beside, apart }: SettingsBeside): Promise<Settings | undefined> {
  const t = vscode.l10n.t;
  const name = path.basename(beside);
  const what = t('class order, how the data are standardised and padded');
  const items: { label: string; description: string; how: Settings }[] = [];
  if (apart === IS_THERE) {
    const description = t('the present one is kept under another name');
    items.push({ label: t('Replace {0}', projectFileName), description, how: 'replace' });
  }
  const description = apart === undefined ? what : t('for --config');
  items.push({ label: t('Write {0} beside it', name), description, how: 'write' });
  if (apart !== undefined && apart !== IS_THERE) {
    const description = t('it is read for other files here, too');
    items.push({ label: t('Write {0} beside it', projectFileName), description, how: 'replace' });
  }
  items.push({ label: t('Only the model'), description: t('nothing else is written'), how: 'none' });
  const placeholder = t('The model needs its settings to be fed rightly: {0}.', what);
  return (await askOne(items, { title: t('Settings of the Trained Model'), placeholder, stays: true }))?.how;
}

/** `attribution.before.json`, `attribution.before2.json`, … */
async function unused(usual: string): Promise<vscode.Uri> {
  const folder = path.dirname(usual);
  const names = new Set((await vscode.workspace.fs.readDirectory(uri(folder))).map(([name]) => name));
  for (let i = 1; ; i++) {
    const name = `attribution.before${i === 1 ? '' : i}.json`;
    if (!names.has(name)) return uri(path.join(folder, name));
  }
}

function uri(file: string): vscode.Uri {
  return vscode.Uri.file(file);
}
