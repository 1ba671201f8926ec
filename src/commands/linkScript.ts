import * as path from 'node:path';
import * as vscode from 'vscode';
import { writeAtomically } from '../files/atomicFile.ts';
import { linkScript as linkIn } from '../project/linkScript.ts';
import { contains } from '../project/paths.ts';
import { findProject, projectFileName } from '../project/project.ts';
import { Refusal } from '../refusal.ts';
import { askOne } from '../session/askOne.ts';
import { isDataFile } from '../session/dataFiles.ts';
import { sayError, sayInfo } from '../session/surfaces/message.ts';
import type { ListItem } from '../session/surfaces/pickList.ts';
import type { CommandContext } from './context.ts';

const kinds = /\.(py|[cm]?[jt]s)$/i;
const leftOut = '**/{node_modules,.git,.venv,venv,site-packages,dist,out}/**';

/**
 * Writes into attribution.json that a script prepares the data; makes the file where there is none.
 * @param given the script; null takes the link out; without it a list is shown
 */
export async function linkScript(context: CommandContext, given?: vscode.Uri | null): Promise<void> {
  try {
    await link(context, given);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    void sayError(error.message);
  }
}

async function link({ session }: CommandContext, given: vscode.Uri | null | undefined): Promise<void> {
  if (!vscode.workspace.isTrusted) {
    throw new Refusal('untrusted', vscode.l10n.t('Scripts are not run before you trust this workspace.'));
  }
  const { file } = session.state;
  const script = given === undefined ? await askForScript(session.state.project?.script) : given;
  const beside = script ?? file;
  if (script === undefined || !beside) return;
  const folder =
    vscode.workspace.getWorkspaceFolder(beside)?.uri.fsPath ?? path.dirname((file ?? beside).fsPath);
  if (script && !contains(folder, script.fsPath)) {
    throw new Refusal(
      'project-path',
      vscode.l10n.t('{0} lies outside the workspace folder; move it into it.', path.basename(script.fsPath)),
    );
  }
  const project = await findProject((file ?? beside).fsPath, folder);
  const target = vscode.Uri.file(project ?? path.join(folder, projectFileName));
  const replacedSteps = await write(target, script?.fsPath ?? null, project !== undefined);
  if (replacedSteps) void offerUndo(target);
  if (file) await session.rerun();
}

/** True where steps had to go. */
async function write(target: vscode.Uri, script: string | null, exists: boolean): Promise<boolean> {
  const relative = script && path.relative(path.dirname(target.fsPath), script).replaceAll('\\', '/');
  if (!exists) {
    await writeAtomically(target.fsPath, linkIn('', relative).text);
    return false;
  }
  const document = await vscode.workspace.openTextDocument(target);
  const before = document.getText();
  const { text, replacedSteps } = linkIn(before, relative);
  const edit = new vscode.WorkspaceEdit();
  edit.replace(target, new vscode.Range(document.positionAt(0), document.positionAt(before.length)), text);
  if (!(await vscode.workspace.applyEdit(edit)) || !(await document.save())) {
    throw new Refusal('project-write', vscode.l10n.t('{0} cannot be written.', projectFileName));
  }
  return replacedSteps;
}

async function offerUndo(target: vscode.Uri): Promise<void> {
  const open = vscode.l10n.t('Open attribution.json');
  const pressed = await sayInfo(
    vscode.l10n.t(
      'The script takes the place of the steps under "preprocess" in attribution.json; Undo there brings them back.',
    ),
    open,
  );
  if (pressed === open) await vscode.window.showTextDocument(target);
}

type ScriptItem = ListItem & { readonly script?: vscode.Uri | null };

/** Undefined: Escape; null: no script. */
async function askForScript(linked: string | undefined): Promise<vscode.Uri | null | undefined> {
  const found = await vscode.workspace.findFiles('**/*.{py,js,mjs,cjs,ts,mts,cts}', leftOut, 500);
  const scripts = await keepScripts(found);
  const front = vscode.window.activeTextEditor?.document.uri.toString();
  const items = scripts
    .map(
      (script): ScriptItem => ({
        label: path.basename(script.path),
        description: path.dirname(vscode.workspace.asRelativePath(script)),
        detail: script.fsPath === linked ? vscode.l10n.t('linked now') : undefined,
        script,
      }),
    )
    .sort((a, b) => a.label.localeCompare(b.label));
  const none: ScriptItem = { icon: 'debug-disconnect', label: vscode.l10n.t('No script'), script: null };
  const picked = await askOne([...items, ...(linked ? [none] : [])], {
    title: vscode.l10n.t('Link Preprocessing Script'),
    placeholder: vscode.l10n.t('It is run as: python SCRIPT IN OUT.npz, or exports preprocess(instances)'),
    active:
      items.find(({ script }) => script?.toString() === front) ??
      items.find(({ label }) => /^pre_?process/i.test(label)),
  });
  return picked?.script;
}

/** A `.ts` may be a time-series file. */
async function keepScripts(files: readonly vscode.Uri[]): Promise<vscode.Uri[]> {
  const isScript = await Promise.all(
    files.map(
      async (file) => kinds.test(file.path) && !(/\.ts$/i.test(file.path) && (await isDataFile(file))),
    ),
  );
  return files.filter((_, index) => isScript[index]);
}
