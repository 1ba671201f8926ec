import * as vscode from 'vscode';

/** A file is written in many steps. */
const settleMs = 300;

/** Calls back when a file has been written, has gone or has come back, once for all steps of it. */
export function fileChanges(file: vscode.Uri, changed: () => unknown): vscode.Disposable {
  const folder = vscode.Uri.joinPath(file, '..');
  // Its name may have characters that mean something in a pattern.
  const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(folder, '*'));
  let timer: NodeJS.Timeout | undefined;
  const told = (one: vscode.Uri) => {
    if (one.toString() !== file.toString()) return;
    clearTimeout(timer);
    timer = setTimeout(changed, settleMs);
  };
  return vscode.Disposable.from(
    watcher,
    watcher.onDidChange(told),
    watcher.onDidCreate(told),
    watcher.onDidDelete(told),
    { dispose: () => clearTimeout(timer) },
  );
}
