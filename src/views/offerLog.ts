import * as vscode from 'vscode';

/** An error message with `Show Log`, after the buttons given. Answers which of those was pressed. */
export async function offerLog(
  log: vscode.LogOutputChannel,
  sentence: string,
  ...buttons: string[]
): Promise<string | undefined> {
  const showLog = vscode.l10n.t('Show Log');
  const pressed = await vscode.window.showErrorMessage(sentence, ...buttons, showLog);
  if (pressed === showLog) {
    log.show(true);
  }
  return pressed === showLog ? undefined : pressed;
}
