import * as path from 'node:path';
import * as vscode from 'vscode';
import { askOne } from '../session/askOne.ts';
import { dataGlob } from '../session/dataFiles.ts';
import type { ListItem } from '../session/surfaces/pickList.ts';

const most = 500;
const leftOut = '**/{node_modules,.git,.venv,venv,site-packages,dist,out}/**';

type FileItem = ListItem & { readonly file?: vscode.Uri };

/** Data files of the workspace, and a way to any other. Undefined: Escape. */
export async function askForDataFile(
  title = vscode.l10n.t('Explain File'),
  placeholder = vscode.l10n.t('Which data file is to be explained?'),
): Promise<vscode.Uri | undefined> {
  const found = await vscode.workspace.findFiles(dataGlob, leftOut, most);
  const items = found
    .map((file) => ({ file, name: vscode.workspace.asRelativePath(file) }))
    .sort((a, b) => a.name.localeCompare(b.name))
    .map(
      ({ file, name }): FileItem => ({ label: path.basename(name), description: path.dirname(name), file }),
    );
  const browse: FileItem = { icon: 'folder-opened', label: vscode.l10n.t('Browse…') };
  const picked = await askOne([...items, browse], { title, placeholder });
  return picked === browse ? browseFile(title) : picked?.file;
}

async function browseFile(title: string): Promise<vscode.Uri | undefined> {
  const files = await vscode.window.showOpenDialog({
    title,
    filters: {
      [vscode.l10n.t('Time series')]: [
        'csv',
        'tsv',
        'tab',
        'psv',
        'dat',
        'txt',
        'ts',
        'npz',
        'npy',
        'arff',
        'parquet',
        'gz',
      ],
    },
  });
  return files?.[0];
}
