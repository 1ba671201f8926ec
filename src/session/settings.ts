import * as vscode from 'vscode';
import type { HostEngine } from './hostEngine.ts';
import type { Session } from './session.ts';

/** Another runtime or a granted trust changes what there is to see. */
export function followSettings(
  sessions: () => readonly Session[],
  engines: readonly HostEngine[],
): vscode.Disposable {
  const rerun = () => {
    for (const session of sessions()) if (session.state.file) void session.rerun();
  };
  return vscode.Disposable.from(
    vscode.workspace.onDidChangeConfiguration((change) => {
      const moved = change.affectsConfiguration('attribution.tfjsNode.path');
      if (moved || change.affectsConfiguration('attribution.timeout')) {
        // Native code is not loaded a second time into a process that has looked for it.
        for (const engine of engines) engine.follow();
      }
      if (moved || change.affectsConfiguration('attribution.runtime')) {
        rerun();
      }
    }),
    vscode.workspace.onDidGrantWorkspaceTrust(rerun),
  );
}
