import * as vscode from 'vscode';
import { Refusal } from '../../refusal.ts';
import type { Selection } from '../../session/core/selection.ts';
import { layerChoice } from '../../session/layerChoice.ts';
import type { Runs } from '../../session/runs/runs.ts';
import type { Session } from '../../session/session.ts';
import type { SessionState } from '../../session/state.ts';
import { sayError } from '../../session/surfaces/message.ts';
import { revealStep } from '../revealStep.ts';
import type { FromPanel, PanelChoice, PanelCommand, RunAct } from './contract.ts';
import { panelCommands } from './panelCommands.ts';

/** Runs a command the page may ask for; anything else a message names is refused. */
export function runPanelCommand(command: PanelCommand): Thenable<unknown> | undefined {
  return Object.hasOwn(panelCommands, command)
    ? vscode.commands.executeCommand(panelCommands[command])
    : undefined;
}

/** Does what a person asked for on the page. */
export async function obey(
  message: Extract<FromPanel, { kind: 'choose' | 'reveal' | 'run' | 'runs' }>,
  session: Session,
  runs: Runs,
): Promise<void> {
  if (message.kind === 'run') {
    await runPanelCommand(message.command);
  } else if (message.kind === 'runs') {
    await actOnRun(runs, message.act);
  } else if (message.kind === 'reveal') {
    await revealStep(session.state, message.step);
  } else {
    await session.choose(changes(message.choice, session.state));
  }
}

/** A run may have gone while the page still listed it. */
async function actOnRun(runs: Runs, act: RunAct): Promise<void> {
  try {
    await runs.act(act);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    await runs.refresh();
    void sayError(error.message);
  }
}

function changes(choice: PanelChoice, state: SessionState): Partial<Selection> {
  switch (choice.what) {
    case 'instance':
      return { instance: choice.index };
    case 'layer':
      return layerChoice(state, choice.name);
    case 'class':
      return { target: choice.index ?? undefined };
    case 'against': {
      const { against } = choice;
      const alone = against === null || against === 'negative';
      return { against: alone ? undefined : against, negative: against === 'negative' };
    }
    case 'method':
      return { method: choice.method };
    default:
      return { [choice.what]: choice.on };
  }
}
