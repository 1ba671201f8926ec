import * as vscode from 'vscode';

/** The column in which a text file has a tab; undefined where it has none. */
function columnOf(file: vscode.Uri): vscode.ViewColumn | undefined {
  return columnWith((input) => input instanceof vscode.TabInputText && same(input.uri, file));
}

/** Where a new panel is to stand: beside its file, and beside the panels that are there. */
export function columnForPanel(file: vscode.Uri | undefined): vscode.ViewColumn {
  const panels = vscode.window.tabGroups.all.filter(({ tabs }) => tabs.some(({ input }) => isPanel(input)));
  const beside = (file && columnOf(file)) ?? columnOfPython() ?? -1;
  const last = Math.max(...panels.map(({ viewColumn }) => viewColumn), beside);
  return last > 0 ? last + 1 : vscode.ViewColumn.Active;
}

/** The column in front where a variable of it is explained: a notebook, or the source of a program that stands still. */
function columnOfPython(): vscode.ViewColumn | undefined {
  const { activeTab, viewColumn } = vscode.window.tabGroups.activeTabGroup;
  const isPaused =
    vscode.debug.activeStackItem !== undefined && activeTab?.input instanceof vscode.TabInputText;
  return isPaused || activeTab?.input instanceof vscode.TabInputNotebook ? viewColumn : undefined;
}

/** Where a panel that would cover what a variable is explained of goes instead; undefined where it covers nothing. */
export function columnAside(panel: vscode.ViewColumn | undefined): vscode.ViewColumn | undefined {
  const python = columnOfPython();
  return python !== undefined && python === panel ? python + 1 : undefined;
}

/** Where a file is to be shown: where it is already, else in the first column without the panel. */
export function columnFor(file: vscode.Uri): vscode.ViewColumn {
  const free = vscode.window.tabGroups.all.find(({ tabs }) => !tabs.some(({ input }) => isPanel(input)));
  return columnOf(file) ?? free?.viewColumn ?? vscode.ViewColumn.Beside;
}

function columnWith(holds: (input: unknown) => boolean): vscode.ViewColumn | undefined {
  return vscode.window.tabGroups.all.find(({ tabs }) => tabs.some(({ input }) => holds(input)))?.viewColumn;
}

function isPanel(input: unknown): boolean {
  return input instanceof vscode.TabInputWebview && input.viewType.endsWith('attribution.panel');
}

function same(a: vscode.Uri, b: vscode.Uri): boolean {
  return a.toString() === b.toString();
}
