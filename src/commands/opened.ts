import * as vscode from 'vscode';
import type { DataSummary, ModelSummary } from '../engine/contract.ts';
import type { SessionState } from '../session/state.ts';
import { sayError } from '../session/surfaces/message.ts';
import type { CommandContext } from './context.ts';
import { explainFile } from './explainFile.ts';

/** The state once a file is being looked at: with none open, the file in front (or one from a list) is explained first. */
export async function opened(context: CommandContext): Promise<SessionState> {
  const { session, panel } = context;
  if (session.state.file) {
    panel.reveal(true);
  } else {
    // With nothing in it, the panel in front is none that is kept: it is the one the file comes to.
    await explainFile(context);
  }
  await session.whenReady();
  return session.state;
}

/** The opened file's instances; undefined where it could not be read (the session has said why). */
export async function openedData(context: CommandContext): Promise<DataSummary | undefined> {
  return (await opened(context)).data;
}

/** The opened model; without one, says how to get there. */
export async function openedModel(context: CommandContext): Promise<ModelSummary | undefined> {
  const { model, file } = await opened(context);
  if (!model && file) {
    void sayError(vscode.l10n.t('No model is loaded; choose one first (Attribution: Choose Model…).'));
  }
  return model;
}
