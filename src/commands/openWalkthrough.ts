import * as vscode from 'vscode';
import type { CommandContext } from './context.ts';

/** Opens the five steps on VS Code's welcome page. */
export async function openWalkthrough({ extensionId }: CommandContext): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.openWalkthrough', `${extensionId}#firstLook`, false);
}
