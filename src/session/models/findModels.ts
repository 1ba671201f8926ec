import * as path from 'node:path';
import * as vscode from 'vscode';
import { isTfjsModel } from './tfjsFiles.ts';

const most = 200;
const modelFiles = '*.{onnx,keras,h5,hdf5,pt2}';
/** What TensorFlow.js saves is called so, and so is much else: the content tells. */
const jsonFiles = '*model*.json';
const leftOut = '**/{node_modules,.git,.venv,venv,site-packages,dist,out}/**';

/** Model files of the workspace and of the data file's own folder, nearest to the data file first. Absolute paths. */
export async function findModels(data: vscode.Uri, token?: vscode.CancellationToken): Promise<string[]> {
  const folder = path.dirname(data.fsPath);
  const pathsOf = async (pattern: string) => {
    const beside = new vscode.RelativePattern(vscode.Uri.file(folder), pattern);
    const found = await Promise.all([
      data.scheme === 'file' ? vscode.workspace.findFiles(beside, leftOut, most, token) : [],
      vscode.workspace.findFiles(`**/${pattern}`, leftOut, most, token),
    ]);
    const paths = found.flat().flatMap((uri) => (uri.scheme === 'file' ? [uri.fsPath] : []));
    return [...new Set(paths)];
  };
  const [models, json] = await Promise.all([pathsOf(modelFiles), pathsOf(jsonFiles)]);
  const isModel = await Promise.all(json.map(isTfjsModel));
  return nearestFirst([...models, ...json.filter((_, i) => isModel[i])], folder);
}

function nearestFirst(paths: string[], folder: string): string[] {
  const distance = (file: string) => path.relative(folder, path.dirname(file)).split(path.sep).length;
  return paths.sort((a, b) => distance(a) - distance(b) || a.localeCompare(b));
}
