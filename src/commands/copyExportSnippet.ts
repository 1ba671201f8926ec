import * as vscode from 'vscode';
import { EXPORT_SNIPPETS, exportSnippet, type Framework, frameworkOf } from '../export/exportSnippet.ts';
import { askOne } from '../session/askOne.ts';
import type { SessionState } from '../session/state.ts';
import { sayInfo } from '../session/surfaces/message.ts';
import type { CommandContext } from './context.ts';

/** Copies the code that exports a trained model. @param wanted without it the person is asked. */
export async function copyExportSnippet({ session }: CommandContext, wanted?: Framework): Promise<void> {
  const framework = wanted ?? (await ask(frameworkOf(refusedModel(session.state))));
  if (!framework) return;
  const { code, label, needs } = exportSnippet(framework);
  await vscode.env.clipboard.writeText(code);
  void sayInfo(
    vscode.l10n.t('{0} copied. Paste it into Python where the model was trained; it uses {1}.', label, needs),
  );
}

/** Refusals of a model that exporting it anew gets round. */
const EXPORTABLE = new Set(['foreign-model', 'unsupported-layer', 'unsupported-model']);

/** Name of the model file that was just refused, with which such a sentence begins; empty when none was. */
function refusedModel({ activity }: SessionState): string {
  if (activity.kind !== 'refused' || !EXPORTABLE.has(activity.code)) return '';
  return /^(.+?)(: | is )/.exec(activity.sentence)?.[1] ?? '';
}

async function ask(likely: Framework | undefined): Promise<Framework | undefined> {
  const items = EXPORT_SNIPPETS.map(({ framework, label, needs }) => ({
    framework,
    label,
    description: needs,
  }));
  const picked = await askOne(items, {
    title: vscode.l10n.t('Copy Export Snippet'),
    placeholder: vscode.l10n.t('Where was the model trained?'),
    active: items.find(({ framework }) => framework === likely),
  });
  return picked?.framework;
}
