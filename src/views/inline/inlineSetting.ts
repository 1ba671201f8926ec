import * as vscode from 'vscode';

/** What the setting `attribution.inline` may be. */
export const inlineModes = ['off', 'rows', 'cells'] as const;

/** How much is drawn in the editor: nothing, whole rows, or every cell. */
export type InlineMode = (typeof inlineModes)[number];

const section = 'attribution';
const name = 'inline';

/** The setting; `rows` where it is something else. */
export function inlineMode(): InlineMode {
  const set = vscode.workspace.getConfiguration(section).get<InlineMode>(name, 'rows');
  return inlineModes.includes(set) ? set : 'rows';
}

/** Called when the setting changes, until disposed. */
export function onInlineMode(changed: () => void): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration(
    (change) => change.affectsConfiguration(`${section}.${name}`) && changed(),
  );
}

/** Where it is set already, else for the person: how somebody reads a file is no matter of the workspace. */
export async function setInlineMode(mode: InlineMode): Promise<void> {
  const configuration = vscode.workspace.getConfiguration(section);
  const isOfWorkspace = configuration.inspect(name)?.workspaceValue !== undefined;
  const { Workspace, Global } = vscode.ConfigurationTarget;
  await configuration.update(name, mode, isOfWorkspace ? Workspace : Global);
}
