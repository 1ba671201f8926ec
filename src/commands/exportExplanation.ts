import * as vscode from 'vscode';
import { Refusal } from '../refusal.ts';
import { askOne } from '../session/askOne.ts';
import { sayError } from '../session/surfaces/message.ts';
import { fileNamePart } from '../surfaces/fileName.ts';
import type { CommandContext } from './context.ts';
import { type ExplainerIntake, exportExplainer } from './exportExplainer.ts';
import { EXPORT_FORMS, type ExportForm } from './exportForms.ts';
import { exportMaskedModel } from './exportMaskedModel.ts';
import { saveAs } from './saveAs.ts';
import { whileWorking } from './whileWorking.ts';

type ExportFormat = keyof typeof EXPORT_FORMS | 'explainer' | 'masked';

/**
 * @param wanted without it a list is shown
 * @param given where it goes; without it a dialog asks
 * @param intake of an explainer
 */
export async function exportExplanation(
  context: CommandContext,
  wanted?: ExportFormat,
  given?: vscode.Uri,
  intake?: ExplainerIntake,
): Promise<void> {
  const { file, explanation } = context.session.state;
  if (!file || !explanation) {
    void sayError(vscode.l10n.t('There is nothing to export yet: explain a data file first.'));
    return;
  }
  // A menu hands over what was clicked on, which is no format.
  const format = typeof wanted === 'string' ? wanted : await ask();
  if (format === undefined) return;
  if (format === 'masked') return exportMaskedModel(context, given);
  if (format === 'explainer') return exportExplainer(context, intake, given);
  const form: ExportForm | undefined = EXPORT_FORMS[format];
  if (!form) {
    const known = [...Object.keys(EXPORT_FORMS), 'explainer', 'masked'].join(', ');
    void sayError(vscode.l10n.t('There is no format {0}; there are {1}.', String(format), known));
    return;
  }
  try {
    const content = form.isLong
      ? await whileWorking(form.label, (options) => form.write(explanation, context, options))
      : await form.write(explanation, context, {});
    const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
    const { id, of } = explanation.instance;
    // Instances of one file get files of their own.
    const ending = of > 1 ? `.${fileNamePart(id)}${form.ending}` : form.ending;
    const extension = form.ending.slice(form.ending.lastIndexOf('.') + 1);
    await saveAs(bytes, given, file, ending, { [form.kind]: [extension] });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (error.code !== 'cancelled') void sayError(error.message);
  }
}

async function ask(): Promise<ExportFormat | undefined> {
  const { t } = vscode.l10n;
  const forms = Object.entries(EXPORT_FORMS).map(([format, { label, detail }]) => ({
    format: format as ExportFormat,
    label,
    detail,
  }));
  const models = [
    {
      format: 'explainer' as const,
      label: t('Explainer (ONNX)'),
      detail: t('Prediction and this map in one graph, for any ONNX Runtime: many instances, a cluster'),
    },
    {
      format: 'masked' as const,
      label: t('Masked model (ONNX)'),
      detail: t('The model with the padding mask as a second input; a different model'),
    },
  ];
  const picked = await askOne([...forms, ...models], {
    title: t('Export'),
    placeholder: t('What is shown, as a file'),
  });
  return picked?.format;
}
