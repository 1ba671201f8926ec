import * as vscode from 'vscode';
import { passedOverSentence } from '../graph/masking/passedOver.ts';
import { Refusal } from '../refusal.ts';
import { sayError, sayWarning } from '../session/surfaces/message.ts';
import type { CommandContext } from './context.ts';
import { saveAs } from './saveAs.ts';

/** Writes the model with the padding mask as a second input. */
export async function exportMaskedModel(
  { engine, session }: CommandContext,
  given?: vscode.Uri,
): Promise<void> {
  const { file, model, project } = session.state;
  if (!file || !model) {
    void sayError(vscode.l10n.t('Explain a data file first: its model is the one exported.'));
    return;
  }
  try {
    const asked = { model: model.path, project: project?.path };
    const { bytes, notMasked, limits } = await engine.call('masked', asked);
    const saved = await saveAs(bytes, given, vscode.Uri.file(model.path), '.masked.onnx', { ONNX: ['onnx'] });
    if (!saved) return;
    const notes = [...(notMasked.length > 0 ? [passedOverSentence(notMasked)] : []), ...limits];
    if (notes.length > 0) void sayWarning(notes.join(' '));
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    void sayError(error.message);
  }
}
