import * as path from 'node:path';
import * as vscode from 'vscode';
import { askOne } from '../askOne.ts';
import type { ListItem } from '../surfaces/pickList.ts';
import type { JudgedModel } from './judgeModels.ts';

type ModelItem = ListItem & { readonly path?: string };

/** One list of the models found, those that fit first, and a way to any other file. Undefined: Escape. */
export async function askForModel(
  models: readonly JudgedModel[],
  chosen: string | undefined,
  signal?: AbortSignal,
): Promise<string | undefined> {
  const browse: ModelItem = { icon: 'folder-opened', label: vscode.l10n.t('Browse…') };
  const items = [...models.filter((model) => model.fits), ...models.filter((model) => !model.fits)].map(item);
  const picked = await askOne([...items, browse], {
    title: vscode.l10n.t('Choose Model'),
    placeholder: vscode.l10n.t('Which model is to be explained on this file?'),
    active: items.find((one) => one.path === chosen),
    signal,
    stays: true,
  });
  return picked === browse ? openFile() : picked?.path;
}

function item(model: JudgedModel): ModelItem {
  return {
    icon: model.fits ? 'check' : 'circle-slash',
    label: path.basename(model.path),
    description: vscode.workspace.asRelativePath(path.dirname(model.path)),
    detail: model.because,
    path: model.path,
  };
}

async function openFile(): Promise<string | undefined> {
  const [file] = (await vscode.window.showOpenDialog({
    title: vscode.l10n.t('Choose Model'),
    filters: {
      [vscode.l10n.t('Models')]: ['onnx', 'pt2', 'keras', 'h5', 'hdf5', 'json'],
      [vscode.l10n.t('All files')]: ['*'],
    },
  })) ?? [undefined];
  return file?.fsPath;
}
