import * as vscode from 'vscode';
import type { Session } from '../session/session.ts';
import type { SessionState } from '../session/state.ts';
import { type Face, StatusItem } from '../session/surfaces/statusItem.ts';

/** Which runtime answers, and what is going on: a click cancels work, shows the log of an error, or picks a runtime. */
export function showStatus(session: Session): vscode.Disposable {
  const item = new StatusItem('attribution.status', vscode.l10n.t('Attribution Lens'), 50);
  const update = (state: SessionState) => {
    if (state.file) {
      item.show(face(state));
    } else {
      item.hide();
    }
  };
  update(session.state);
  return vscode.Disposable.from(item, session.onDidChange(update));
}

function face({ activity, explanation, runtime }: SessionState): Face {
  const runs = explanation?.provenance.runtime ?? vscode.l10n.t('no runtime yet');
  switch (activity.kind) {
    case 'busy': {
      const share = activity.share === undefined ? '' : ` ${Math.round(100 * activity.share)} %`;
      return {
        icon: 'sync~spin',
        text: `${activity.what}${share}`,
        tooltip: vscode.l10n.t('Attribution Lens is working; click to cancel'),
        command: 'attribution.cancel',
      };
    }
    case 'refused':
      return {
        icon: 'error',
        text: vscode.l10n.t('Attribution'),
        tooltip: activity.sentence,
        command: 'attribution.showLog',
        backgroundColor: new vscode.ThemeColor('statusBarItem.errorBackground'),
      };
    case 'idle':
      return {
        // A runtime that stands in for the preferred one is marked; the tooltip says why.
        icon: 'pulse',
        text: runs,
        mark: runtime?.note ? 'info' : undefined,
        tooltip:
          runtime?.note ?? vscode.l10n.t('Attribution Lens runs models with {0}; click to choose', runs),
        command: 'attribution.selectRuntime',
      };
  }
}
