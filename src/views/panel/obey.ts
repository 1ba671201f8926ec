import * as vscode from 'vscode';
import { Refusal } from '../../refusal.ts';
import type { Selection } from '../../session/core/selection.ts';
import { layerChoice } from '../../session/layerChoice.ts';
import type { FileReading } from '../../session/reading/fileReading.ts';
import type { Runs } from '../../session/runs/runs.ts';
import type { Session } from '../../session/session.ts';
import { sayError } from '../../session/surfaces/message.ts';
import { selectInFile } from '../selection/selectInFile.ts';
import type { FromPanel, PanelChoice, PanelCommand, ReadingAct } from './contract.ts';
import type { Grid } from './grid.ts';
import { panelCommands } from './panelCommands.ts';
import type { WhatIf } from './whatIf.ts';
import { whatIfRows } from './whatIfRows.ts';

/** Runs a command the page may ask for; anything else a message names is refused. */
export function runPanelCommand(command: PanelCommand): Thenable<unknown> | undefined {
  return Object.hasOwn(panelCommands, command)
    ? vscode.commands.executeCommand(panelCommands[command])
    : undefined;
}

/** What the page's wishes are about. */
interface Obeying {
  readonly session: Session;
  readonly runs: Runs;
  readonly reading: FileReading;
  readonly whatIf: WhatIf;
  readonly grid: Grid;
}

/** Does what a person asked for on the page. */
export async function obey(
  message: Extract<
    FromPanel,
    {
      kind:
        | 'choose'
        | 'reveal'
        | 'select'
        | 'grid'
        | 'whatIf'
        | 'whatIfRows'
        | 'run'
        | 'repair'
        | 'runs'
        | 'reading';
    }
  >,
  { session, runs, reading, whatIf, grid }: Obeying,
): Promise<void> {
  if (message.kind === 'run') {
    await runPanelCommand(message.command);
  } else if (message.kind === 'repair') {
    await vscode.commands.executeCommand('attribution.repairFile', undefined, message.wish);
  } else if (message.kind === 'runs') {
    await saying(
      () => runs.act(message.act),
      () => runs.refresh(),
    );
  } else if (message.kind === 'reading') {
    await saying(() => actOnReading(reading, message.act));
  } else if (message.kind === 'reveal') {
    const { step, feature } = message;
    const features = feature === null ? null : [feature];
    await selectInFile(session.state, { from: step, to: step + 1, features });
  } else if (message.kind === 'grid') {
    await grid.ask(message.what);
  } else if (message.kind === 'whatIf') {
    await whatIf.ask(message.edits);
  } else if (message.kind === 'whatIfRows') {
    await saying(() => whatIfRows(session, whatIf));
  } else if (message.kind === 'select') {
    await selectInFile(session.state, message.cells);
  } else {
    await session.choose(changes(message.choice, session));
  }
}

/** What was to be acted on may have gone while the page still showed it. */
async function saying(act: () => Promise<void>, otherwise?: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    await otherwise?.();
    void sayError(error.message);
  }
}

async function actOnReading(reading: FileReading, act: ReadingAct): Promise<void> {
  if (act.do === 'take') await reading.take(act.way);
  else if (act.do === 'undo') await reading.undo();
  else await vscode.commands.executeCommand('attribution.changeReading', act.topic);
}

function changes(choice: PanelChoice, { state, asked }: Session): Partial<Selection> {
  switch (choice.what) {
    case 'instance':
      return { instance: choice.index };
    case 'step': {
      const last = (state.data?.instances.length ?? 1) - 1;
      return { instance: Math.max(0, Math.min(asked.instance + (choice.to === 'next' ? 1 : -1), last)) };
    }
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
