import * as vscode from 'vscode';
import type { FileWorks } from '../session/fileWorks.ts';
import type { Session } from '../session/session.ts';
import type { Training } from '../session/training.ts';
import type { FileWatch } from '../session/watchFiles.ts';
import { WORKS } from '../session/works.ts';
import type { WorkView } from '../session/workView.ts';

/**
 * For the when-clauses and the walkthrough of package.json: whether a file is being looked at, whether work is going on,
 * and whether a change was followed.
 */
export function contextKeys(
  session: Session,
  works: FileWorks,
  training: Training,
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
    training.onDidChange(({ activity, isOpen }) => {
      set('training', activity.kind === 'busy');
      set('trained', isOpen);
    }),
    watch.onDidRerun(() => set('followed', true)),
    ...Object.values(works).map((work) =>
      work.onDidChange(({ result, activity }: WorkView<unknown>) => {
        const { made, going } = WORKS[work.id].keys;
        set(made, result !== null);
        set(going, activity.kind === 'busy');
      }),
    ),
  );
}
