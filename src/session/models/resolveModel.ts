import * as path from 'node:path';
import * as vscode from 'vscode';
import type { DataSummary } from '../../engine/contract.ts';
import { Refusal } from '../../refusal.ts';
import type { HostEngine } from '../hostEngine.ts';
import type { RememberedPicks } from '../memory.ts';
import { askForModel } from './askForModel.ts';
import { type JudgedModel, type Judging, judgeModels } from './judgeModels.ts';

/**
 * The model for a file that attribution.json says nothing about, and for whose folder none was chosen that fits: the only
 * one in the workspace that fits, else a question.
 * @throws Refusal `no-model` when there is none, or the question is left
 */
export async function resolveModel(
  engine: HostEngine,
  memory: RememberedPicks,
  data: DataSummary,
  paths: readonly string[],
  options: Judging,
): Promise<string> {
  const folder = path.dirname(data.path);
  options.report?.(0, vscode.l10n.t('Looking for a model that fits'));
  const judged = await judgeModels(engine, paths, data, options);
  const fitting = judged.filter((model) => model.fits);
  if (fitting.length === 1) {
    return fitting[0]!.path;
  }
  if (fitting.length === 0) {
    throw new Refusal('no-model', noneFits(data, judged));
  }
  options.report?.(0, vscode.l10n.t('Choose a model'));
  const chosen = await askForModel(judged, undefined, options.signal);
  options.signal?.throwIfAborted();
  if (!chosen) {
    throw new Refusal('no-model', vscode.l10n.t('{0} models fit this file; choose one.', fitting.length));
  }
  await memory.keepModel(folder, chosen);
  return chosen;
}

function noneFits(data: DataSummary, judged: readonly JudgedModel[]): string {
  const name = path.basename(data.path);
  const [first] = judged;
  if (!first) {
    return vscode.l10n.t('There is no model in this workspace for {0}; choose one.', name);
  }
  return vscode.l10n.t(
    'None of the {0} models in this workspace fits the {1} features of {2}: {3} {4}',
    judged.length,
    data.features.length,
    name,
    `${path.basename(first.path)}:`,
    first.because.replace(/\.?$/, '.'),
  );
}
