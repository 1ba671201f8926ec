import type * as vscode from 'vscode';
import type { Session } from '../session/session.ts';
import type { Refused, SessionState } from '../session/state.ts';
import type { Log } from '../session/surfaces/log.ts';
import { offerLog } from './offerLog.ts';
import { runPanelCommand } from './panel/obey.ts';
import type { Panel } from './panel/panel.ts';
import { remedies } from './remedies.ts';

/** Says each refusal of something a person asked for in a message, once, unless the panel in sight says it. */
export function sayRefusals(session: Session, panel: Panel, log: Log): vscode.Disposable {
  let said: Refused | undefined;
  return session.onDidChange((state) => {
    const { activity } = state;
    if (activity.kind === 'refused' && activity !== said && !activity.quiet) {
      said = activity;
      if (panel.isVisible) return;
      void say(state, activity, log);
    }
  });
}

async function say(state: SessionState, refused: Refused, log: Log): Promise<void> {
  const offered = remedies(refused, state);
  const pressed = await offerLog(log, refused.sentence, ...offered.map(({ label }) => label));
  const remedy = offered.find(({ label }) => label === pressed);
  if (remedy) {
    await runPanelCommand(remedy.command);
  }
}
