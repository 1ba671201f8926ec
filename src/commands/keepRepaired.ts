import * as vscode from 'vscode';
import type { RepairAnswer } from '../repair/repairAsked.ts';
import { sayError } from '../session/surfaces/message.ts';
import type { CommandContext } from './context.ts';
import { saveAs } from './saveAs.ts';

/**
 * Writes the repaired copy beside its model, where a person says.
 * @param left one whose file is not shown any more; else the last one, or what the window before has left
 */
export async function keepRepaired(
  { works, lab }: CommandContext,
  given?: vscode.Uri,
  left?: RepairAnswer | object,
): Promise<void> {
  const result = left && 'found' in left ? left : works.repair.view.result;
  const copy = result
    ? { bytes: result.model, model: result.found.provenance.model }
    : await earlier(lab.unkept);
  if (!copy?.bytes) {
    void sayError(vscode.l10n.t('There is no repaired model yet: run Repair Padding first.'));
    return;
  }
  const { bytes, model } = copy;
  const target = await saveAs(bytes, given, vscode.Uri.file(model), '_repaired.onnx', { ONNX: ['onnx'] });
  if (!target) return;
  // Another repair may have been made while the dialog stood.
  if (result && works.repair.view.result?.found === result.found) works.repair.amend({ kept: target.fsPath });
  await lab.unkept.kept('repair', bytes);
}

async function earlier(unkept: CommandContext['lab']['unkept']) {
  const { model } = unkept.of('repair', 'made') ?? {};
  return model === undefined ? undefined : { model, bytes: await unkept.bytes('repair') };
}
