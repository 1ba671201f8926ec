import * as vscode from 'vscode';
import type { Audits } from '../session/audits.ts';
import type { Evaluations } from '../session/evaluations.ts';
import type { Overviews } from '../session/overviews.ts';
import type { Session } from '../session/session.ts';
import type { FileWatch } from '../session/watchFiles.ts';

/**
 * For the when-clauses and the walkthrough of package.json: whether a file is being looked at, whether work is going on,
 * and whether a change was followed.
 */
export function contextKeys(
  session: Session,
  audits: Audits,
  overviews: Overviews,
  evaluations: Evaluations,
  watch: FileWatch,
): vscode.Disposable {
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
    watch.onDidRerun(() => set('followed', true)),
    audits.onDidChange(({ audit, activity }) => {
      set('audited', audit !== null);
      set('auditing', activity.kind === 'busy');
    }),
    overviews.onDidChange(({ made, activity }) => {
      set('datasetMade', made);
      set('datasetRunning', activity.kind === 'busy');
    }),
    evaluations.onDidChange(({ evaluation, activity }) => {
      set('evaluated', evaluation !== null);
      set('evaluating', activity.kind === 'busy');
    }),
  );
}
