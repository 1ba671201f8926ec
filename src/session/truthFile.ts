import * as vscode from 'vscode';
import { readSmall } from '../files/readSmall.ts';

const NAME = 'ground_truth.json';
/** More than this is no list of cells. */
const LARGEST = 20e6;

/** The ground_truth.json beside a data file, else beside its attribution.json; undefined where there is none. */
export async function truthBeside(
  data: vscode.Uri,
  project: string | undefined,
): Promise<{ readonly name: string; readonly text: string; readonly found: true } | undefined> {
  const beside = [data, ...(project === undefined ? [] : [vscode.Uri.file(project)])];
  for (const file of beside) {
    const truth = vscode.Uri.joinPath(file, '..', NAME);
    try {
      return { name: NAME, text: new TextDecoder().decode(await bytesOf(truth)), found: true };
    } catch {
      // There is none here.
    }
  }
  return undefined;
}

async function bytesOf(truth: vscode.Uri): Promise<Uint8Array> {
  if (truth.scheme === 'file') return readSmall(truth.fsPath, LARGEST);
  if ((await vscode.workspace.fs.stat(truth)).size > LARGEST) throw new Error('too large');
  return vscode.workspace.fs.readFile(truth);
}
