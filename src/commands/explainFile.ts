import * as vscode from 'vscode';
import { isCalledData, isDataFile, isFolder } from '../session/dataFiles.ts';
import { sayError } from '../session/surfaces/message.ts';
import { askForDataFile } from './askForDataFile.ts';
import type { CommandContext } from './context.ts';
import { showBeside } from './showBeside.ts';

/** After that a person is busy elsewhere, and the focus stays there. */
const patienceMs = 3000;

/**
 * Explains a data file: the one given (menus; a path will do), the one in front, else one from a list.
 * @returns what its panel is about; undefined where no file is explained
 * @param model path of the model it is to go through; menus hand over something else there
 */
export async function explainFile(
  context: CommandContext,
  given?: vscode.Uri | string,
  model?: unknown,
): Promise<CommandContext | undefined> {
  const named = typeof given === 'string' ? vscode.Uri.file(given) : given;
  const file = named ?? fileInFront() ?? (await askForDataFile());
  if (!file) {
    return undefined;
  }
  if (!(await isFolder(file)) && !(await isDataFile(file))) {
    void sayError(notData(file));
    return undefined;
  }
  const there = context.next();
  await lookAt(there, file, typeof model === 'string' ? model : undefined);
  return there;
}

/**
 * Shows a data file with the panel at its side.
 * @param model the model a person chose for it
 * @param isSeen whether the file is shown: nobody reads the one that a variable was written to
 */
export async function lookAt(
  { session, panel }: CommandContext,
  file: vscode.Uri,
  model?: string,
  isSeen = true,
): Promise<void> {
  const folder = await isFolder(file);
  const asked = Date.now();
  const { heard } = panel;
  panel.isComing = true;
  const looked = session.open(file, model === undefined ? {} : { model });
  try {
    if (isSeen && !folder) await showBeside(file);
    // Not yet the focus: it belongs to the question which model is meant, should there be one.
    panel.reveal(true);
  } finally {
    panel.isComing = false;
  }
  await looked;
  // Closing the panel closes the file; who works in it already may have a list open, which the focus would close.
  const isBusy = panel.heard !== heard || Date.now() - asked >= patienceMs;
  if (session.state.file?.toString() === file.toString() && !isBusy) panel.reveal();
}

/** The data file in the editor in front. */
export function fileInFront(): vscode.Uri | undefined {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  const file =
    input instanceof vscode.TabInputText || input instanceof vscode.TabInputCustom ? input.uri : undefined;
  return file && isCalledData(file) ? file : undefined;
}

/** Why a file is not taken. */
export function notData(file: vscode.Uri): string {
  const name = file.path.slice(file.path.lastIndexOf('/') + 1);
  return /\.ts$/i.test(name)
    ? vscode.l10n.t(
        '{0} is TypeScript source, not a time-series file: the latter starts with a header such as @problemName.',
        name,
      )
    : vscode.l10n.t(
        '{0} is no data file: Attribution Lens reads .csv, .tsv (also as .gz), .ts, .arff, .parquet, .npz and .npy.',
        name,
      );
}
