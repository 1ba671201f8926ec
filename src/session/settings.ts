import * as vscode from 'vscode';
import type { Session } from './session.ts';

/** Another runtime or a granted trust changes what there is to see. */
export function followSettings(session: Session): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('attribution.runtime')) {
        void session.rerun();
      }
    }),
    vscode.workspace.onDidGrantWorkspaceTrust(() => session.rerun()),
  );
}
