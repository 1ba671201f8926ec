import { basename } from 'node:path';
import * as vscode from 'vscode';
import type { ExplainerRequest } from '../engine/requests.ts';
import { Refusal } from '../refusal.ts';
import { askOne } from '../session/askOne.ts';
import { sayError } from '../session/surfaces/message.ts';
import type { CommandContext } from './context.ts';
import { saveAs } from './saveAs.ts';
import { whileWorking } from './whileWorking.ts';

/** What the graph takes: the model's own input, that and the length of each series, or raw series and their length. */
export type ExplainerIntake = 'prepared' | 'length' | 'raw';

const intakes: Readonly<Record<ExplainerIntake, Pick<ExplainerRequest, 'padding' | 'preprocess'>>> = {
  prepared: {},
  length: { padding: 'length' },
  raw: { preprocess: true },
};

/** Writes prediction and the map that is shown as one ONNX graph. @param wanted without it a list is shown */
export async function exportExplainer(
  { engine, session }: CommandContext,
  wanted?: ExplainerIntake,
  given?: vscode.Uri,
): Promise<void> {
  const { file, model, explanation, project, selection } = session.state;
  if (!file || !model || !explanation) {
    void sayError(vscode.l10n.t('Explain a data file first: its model and map are the ones exported.'));
    return;
  }
  try {
    const intake =
      typeof wanted === 'string' ? wanted : given ? 'prepared' : await ask(project?.prepares ?? false);
    if (intake === undefined) return;
    const { how, target, prediction, map } = explanation;
    const request: ExplainerRequest = {
      ...{ model: model.path, project: project?.path, ...how },
      // By number: two classes may have one name.
      target: how.target === 'predicted' ? how.target : target.index,
      against: selection.against,
      classes: prediction.classes,
      output: model.output,
      ...(model.steps === null && { steps: map.columns }),
      ...intakes[intake],
    };
    const title = vscode.l10n.t('Explainer of {0}', basename(model.path));
    const { bytes } = await whileWorking(title, (options) => engine.call('explainer', request, options));
    await saveAs(bytes, given, vscode.Uri.file(model.path), '.explainer.onnx', { ONNX: ['onnx'] });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (error.code !== 'cancelled') void sayError(error.message);
  }
}

/** @param canPrepare attribution.json has steps that can be part of the graph */
async function ask(canPrepare: boolean): Promise<ExplainerIntake | undefined> {
  const { t } = vscode.l10n;
  const prepared = {
    intake: 'prepared' as const,
    label: t('Prepared series'),
    detail: t('What the model takes: standardised and padded'),
  };
  const length = {
    intake: 'length' as const,
    label: t('Prepared series and their lengths'),
    detail: t('Gives zones and the share of the map on padding as well'),
  };
  const raw = {
    intake: 'raw' as const,
    label: t('Raw series and their lengths'),
    detail: t('Standardising and padding of attribution.json are part of the graph'),
  };
  const picked = await askOne([prepared, length, ...(canPrepare ? [raw] : [])], {
    title: t('Export Explainer'),
    placeholder: t('What does the graph take?'),
  });
  return picked?.intake;
}
