import * as vscode from 'vscode';
import { writeAtomically } from '../files/atomicFile.ts';
import { checkTarget } from '../files/checkTarget.ts';
import { Refusal } from '../refusal.ts';
import { checkBeside } from '../session/dataFiles.ts';
import { sayError, sayInfo } from '../session/surfaces/message.ts';

/**
 * Saves where the caller or the person says, and answers where, if it did; where that cannot be written it says so and
 * offers to choose another place, so that nothing made is lost to a full disk.
 * @param waits for the person who may choose another place; a program that gives the place is not kept waiting
 * @param beside the name offered is its, with another ending; it is not overwritten
 */
export async function saveAs(
  bytes: Uint8Array,
  given: vscode.Uri | undefined,
  beside: vscode.Uri,
  ending: string,
  filters: Record<string, string[]>,
  waits = given === undefined,
): Promise<vscode.Uri | undefined> {
  const defaultUri = beside.with({ path: beside.path.replace(/\.[^./]*$/, '') + ending });
  const target = given ?? (await vscode.window.showSaveDialog({ defaultUri, filters }));
  if (!target) return undefined;
  const name = target.path.slice(target.path.lastIndexOf('/') + 1);
  const failed = await reasonNotWritten(target, name, bytes, beside);
  if (failed === undefined) {
    void offer(target, name);
    return target;
  }
  const elsewhere = vscode.l10n.t('Save Elsewhere…');
  const again = sayError(failed, elsewhere).then((pressed) =>
    pressed === elsewhere ? saveAs(bytes, undefined, beside, ending, filters) : undefined,
  );
  return waits ? again : undefined;
}

/** One sentence; undefined: it is written. */
async function reasonNotWritten(
  target: vscode.Uri,
  name: string,
  bytes: Uint8Array,
  beside: vscode.Uri,
): Promise<string | undefined> {
  try {
    if (target.scheme === 'file') {
      await checkTarget(target.fsPath, beside.scheme === 'file' ? [beside.fsPath] : []);
      await checkBeside(target, beside);
      await writeAtomically(target.fsPath, bytes);
    } else await vscode.workspace.fs.writeFile(target, bytes);
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return error.message;
    return vscode.l10n.t('{0} cannot be written ({1}).', name, (error as Error).message);
  }
}

/** What an editor shows as more than bytes. */
const shown = /\.(png|svg|html|csv|json|md|txt)$/i;

async function offer(target: vscode.Uri, name: string): Promise<void> {
  const [open, reveal] = [vscode.l10n.t('Open'), vscode.l10n.t('Reveal')];
  const buttons = shown.test(name) ? [open, reveal] : [reveal];
  const pressed = await sayInfo(vscode.l10n.t('Saved {0}.', name), ...buttons);
  if (pressed === open) await vscode.commands.executeCommand('vscode.open', target);
  const isInside = vscode.workspace.getWorkspaceFolder(target) !== undefined;
  if (pressed === reveal) {
    await vscode.commands.executeCommand(isInside ? 'revealInExplorer' : 'revealFileInOS', target);
  }
}
