import * as vscode from 'vscode';

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
      if ((await vscode.workspace.fs.stat(truth)).size > LARGEST) continue;
      const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(truth));
      return { name: NAME, text, found: true };
    } catch {
      // There is none here.
    }
  }
  return undefined;
}
