import * as vscode from 'vscode';

/** The column in which a text file has a tab; undefined where it has none. */
export function columnOf(file: vscode.Uri): vscode.ViewColumn | undefined {
  return columnWith((input) => input instanceof vscode.TabInputText && same(input.uri, file));
}

/** Where a file is to be shown: where it is already, else in the first column without the panel. */
export function columnFor(file: vscode.Uri): vscode.ViewColumn {
  const panel = columnWith(
    (input) => input instanceof vscode.TabInputWebview && input.viewType.endsWith('attribution.panel'),
  );
  const free = vscode.window.tabGroups.all.find(({ viewColumn }) => viewColumn !== panel)?.viewColumn;
  return columnOf(file) ?? free ?? vscode.ViewColumn.Beside;
}

function columnWith(holds: (input: unknown) => boolean): vscode.ViewColumn | undefined {
  return vscode.window.tabGroups.all.find(({ tabs }) => tabs.some(({ input }) => holds(input)))?.viewColumn;
}

function same(a: vscode.Uri, b: vscode.Uri): boolean {
  return a.toString() === b.toString();
}
