import * as vscode from 'vscode';
import { EXPORT_SNIPPETS, exportSnippet, type Framework, frameworkOf } from '../export/exportSnippet.ts';
import { askOne } from '../session/askOne.ts';
import type { CommandContext } from './context.ts';

/** Copies the code that exports a trained model to ONNX. @param wanted without it the person is asked. */
export async function copyExportSnippet({ session }: CommandContext, wanted?: Framework): Promise<void> {
  const framework = wanted ?? (await ask(session.state.selection.model ?? ''));
  if (!framework) return;
  const { code, label, needs } = exportSnippet(framework);
  await vscode.env.clipboard.writeText(code);
  void vscode.window.showInformationMessage(
    vscode.l10n.t('Copied. Paste it into Python where the {0} model was trained; it uses {1}.', label, needs),
  );
}

/** @param model the file that was tried, whose ending tells where the list opens */
async function ask(model: string): Promise<Framework | undefined> {
  const items = EXPORT_SNIPPETS.map(({ framework, label, needs }) => ({
    framework,
    label,
    description: needs,
  }));
  const picked = await askOne(items, {
    title: vscode.l10n.t('Copy Export Snippet'),
    placeholder: vscode.l10n.t('Where was the model trained?'),
    active: items.find(({ framework }) => framework === frameworkOf(model)),
  });
  return picked?.framework;
}
