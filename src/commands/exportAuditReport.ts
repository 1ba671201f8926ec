import * as vscode from 'vscode';
import { auditReport } from '../export/report/auditReport.ts';
import { sayError } from '../session/surfaces/message.ts';
import type { CommandContext } from './context.ts';
import { saveAs } from './saveAs.ts';

/** Writes the audit as an HTML page that needs nothing else. */
export async function exportAuditReport(
  { works, session }: CommandContext,
  given?: vscode.Uri,
): Promise<void> {
  const { result: audit } = works.audit.view;
  if (!audit || !session.state.file) {
    void sayError(vscode.l10n.t('There is no audit yet: run Audit Padding first.'));
    return;
  }
  const html = new TextEncoder().encode(auditReport(audit));
  await saveAs(html, given, session.state.file, '.audit.html', { HTML: ['html'] });
}
