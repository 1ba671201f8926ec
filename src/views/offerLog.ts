import * as vscode from 'vscode';
import type { Log } from '../session/surfaces/log.ts';
import { sayError } from '../session/surfaces/message.ts';

/** An error message with `Show Log`, after the buttons given. Answers which of those was pressed. */
export async function offerLog(
  log: Log,
  sentence: string,
  ...buttons: string[]
): Promise<string | undefined> {
  const showLog = vscode.l10n.t('Show Log');
  const pressed = await sayError(sentence, ...buttons, showLog);
  if (pressed === showLog) {
    log.show();
  }
  return pressed === showLog ? undefined : pressed;
}
