import * as vscode from 'vscode';
import { Refusal } from '../refusal.ts';
import { messageText } from '../surfaces/editorText.ts';
import type { Refused } from './state.ts';
import type { Log } from './surfaces/log.ts';

/** What a person is told of an error: a Refusal's own sentence; of our own mistakes only that the log has them. */
export function refusedBy(error: unknown, quiet: boolean): Refused {
  if (error instanceof Refusal) {
    return {
      kind: 'refused',
      code: error.code,
      sentence: messageText(error.message),
      quiet,
      place: error.place,
    };
  }
  const sentence = vscode.l10n.t('Attribution Lens made a mistake; the log says where.');
  return { kind: 'refused', code: 'defect', sentence, quiet };
}

/** The log keeps the stack of our own mistakes; bad input is one line. */
export function logged(log: Log, error: unknown): void {
  if (error instanceof Refusal) {
    log.warn(`${error.code}: ${error.message}`);
  } else {
    log.error(error);
  }
}
