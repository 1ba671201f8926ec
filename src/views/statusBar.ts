import * as vscode from 'vscode';
import type { Session } from '../session/session.ts';
import type { SessionState } from '../session/state.ts';

/** Which runtime answers, and what is going on: a click cancels work, shows the log of an error, or picks a runtime. */
export function showStatus(session: Session): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('attribution.status', vscode.StatusBarAlignment.Right, 50);
  item.name = vscode.l10n.t('Attribution Lens');
  const update = (state: SessionState) => {
    if (state.file) {
      Object.assign(item, face(state));
      item.show();
    } else {
      item.hide();
    }
  };
  update(session.state);
  return vscode.Disposable.from(item, session.onDidChange(update));
}

type Face = Pick<vscode.StatusBarItem, 'text' | 'tooltip' | 'command' | 'backgroundColor'>;

function face({ activity, explanation, runtime }: SessionState): Face {
  const runs = explanation?.provenance.runtime ?? vscode.l10n.t('no runtime yet');
  switch (activity.kind) {
    case 'busy': {
      const share = activity.share === undefined ? '' : ` ${Math.round(100 * activity.share)} %`;
      return {
        text: `$(sync~spin) ${activity.what}${share}`,
        tooltip: vscode.l10n.t('Attribution Lens is working; click to cancel'),
        command: 'attribution.cancel',
        backgroundColor: undefined,
      };
    }
    case 'refused':
      return {
        text: `$(error) ${vscode.l10n.t('Attribution')}`,
        tooltip: activity.sentence,
        command: 'attribution.showLog',
        backgroundColor: new vscode.ThemeColor('statusBarItem.errorBackground'),
      };
    case 'idle':
      return {
        // A runtime that stands in for the preferred one is marked; the tooltip says why.
        text: `$(pulse) ${runs}${runtime?.note ? ' $(info)' : ''}`,
        tooltip:
          runtime?.note ?? vscode.l10n.t('Attribution Lens runs models with {0}; click to choose', runs),
        command: 'attribution.selectRuntime',
        backgroundColor: undefined,
      };
  }
}
