import * as vscode from 'vscode';
import { sayError } from '../session/surfaces/message.ts';
import type { CommandContext } from './context.ts';
import { saveAs } from './saveAs.ts';

/** Writes the repaired copy beside its model, where a person says. */
export async function keepRepaired({ works }: CommandContext, given?: vscode.Uri): Promise<void> {
  const { result } = works.repair.view;
  if (!result?.model) {
    void sayError(vscode.l10n.t('There is no repaired model yet: run Repair Padding first.'));
    return;
  }
  const model = vscode.Uri.file(result.found.provenance.model);
  const target = await saveAs(result.model, given, model, '_repaired.onnx', { ONNX: ['onnx'] });
  // Another repair may have been made while the dialog stood.
  if (target && works.repair.view.result?.found === result.found) works.repair.amend({ kept: target.fsPath });
}
