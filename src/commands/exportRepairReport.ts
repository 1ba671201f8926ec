import * as vscode from 'vscode';
import { repairReport } from '../export/report/repairReport.ts';
import { sayError } from '../session/surfaces/message.ts';
import type { CommandContext } from './context.ts';
import { saveAs } from './saveAs.ts';

/** Writes the repair with its proof as an HTML page that needs nothing else. */
export async function exportRepairReport(
  { works, session }: CommandContext,
  given?: vscode.Uri,
): Promise<void> {
  const { result } = works.repair.view;
  if (!result || !session.state.file) {
    void sayError(vscode.l10n.t('There is no repair yet: run Repair Padding first.'));
    return;
  }
  const html = new TextEncoder().encode(repairReport(result.found, result.kept ?? null));
  await saveAs(html, given, session.state.file, '.repair.html', { HTML: ['html'] });
}
