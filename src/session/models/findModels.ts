import * as path from 'node:path';
import * as vscode from 'vscode';

const most = 200;
const modelFiles = '*.{onnx,keras,h5,hdf5}';
const leftOut = '**/{node_modules,.git,.venv,venv,site-packages,dist,out}/**';

/** Model files of the workspace and of the data file's own folder, nearest to the data file first. Absolute paths. */
export async function findModels(data: vscode.Uri, token?: vscode.CancellationToken): Promise<string[]> {
  const folder = path.dirname(data.fsPath);
  const beside = new vscode.RelativePattern(vscode.Uri.file(folder), modelFiles);
  const found = await Promise.all([
    data.scheme === 'file' ? vscode.workspace.findFiles(beside, leftOut, most, token) : [],
    vscode.workspace.findFiles(`**/${modelFiles}`, leftOut, most, token),
  ]);
  const paths = found.flat().flatMap((uri) => (uri.scheme === 'file' ? [uri.fsPath] : []));
  return nearestFirst([...new Set(paths)], folder);
}

function nearestFirst(paths: string[], folder: string): string[] {
  const distance = (file: string) => path.relative(folder, path.dirname(file)).split(path.sep).length;
  return paths.sort((a, b) => distance(a) - distance(b) || a.localeCompare(b));
}
