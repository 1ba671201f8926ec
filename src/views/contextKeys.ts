import * as vscode from 'vscode';
import type { Audits } from '../session/audits.ts';
import type { Session } from '../session/session.ts';

/** For the when-clauses of package.json: whether a file is being looked at, and whether work is going on. */
export function contextKeys(session: Session, audits: Audits): vscode.Disposable {
  const last = new Map<string, boolean>();
  const set = (key: string, value: boolean) => {
    if (last.get(key) !== value) {
      last.set(key, value);
      void vscode.commands.executeCommand('setContext', `attribution.${key}`, value);
    }
  };
  return vscode.Disposable.from(
    session.onDidChange(({ file, activity }) => {
      set('open', file !== undefined);
      set('busy', activity.kind === 'busy');
    }),
    audits.onDidChange(({ audit, activity }) => {
      set('audited', audit !== null);
      set('auditing', activity.kind === 'busy');
    }),
  );
}
