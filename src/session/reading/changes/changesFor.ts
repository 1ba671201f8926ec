import * as path from 'node:path';
import * as vscode from 'vscode';
import type { ColumnRole, JsonSettings, ReadingPlan } from '../../../data/reading/readingPlan.ts';
import type { ReadingTopic } from '../../../engine/reading/topics.ts';
import { patchProject } from '../../../project/patchProject.ts';
import { preprocessSteps } from '../../../project/preprocessSteps.ts';
import type { SourcePlace } from '../../../refusal.ts';
import type { SessionState } from '../../state.ts';
import { projectFor, projectText } from '../projectEdit.ts';
import type { Change } from './change.ts';
import { classChanges } from './classChanges.ts';
import { columnChanges } from './columnChanges.ts';
import { elsewhereChanges } from './elsewhereChanges.ts';
import { padChanges } from './padChanges.ts';
import { labelChanges, layoutChanges, maskChanges, missingChanges } from './plainChanges.ts';
import { arrayChanges, splitChanges, tableChanges } from './shapeChanges.ts';
import { type Preprocessing, standardiseChanges } from './standardiseChanges.ts';

/** What can be changed of one thing about the file being looked at; what stands in attribution.json is no change. @throws Refusal */
export async function changesFor(state: SessionState, topic: ReadingTopic): Promise<Change[]> {
  if (isTheModels(state, topic)) return [];
  const rows = await rowsFor(state, topic);
  if (!state.file) return rows;
  const { target, exists } = await projectFor(state.file);
  const text = exists ? await projectText(target) : '';
  return rows.filter(({ patch }) => !patch || patchProject(text, patch) !== text);
}

/** What the model was trained with goes before a setting, which would have no effect. */
export function isTheModels({ data }: SessionState, topic: ReadingTopic): boolean {
  return data?.facts.find((fact) => fact.topic === topic)?.byModel === true;
}

async function rowsFor(state: SessionState, topic: ReadingTopic): Promise<Change[]> {
  const { data, model, explanation, activity } = state;
  const place = activity.kind === 'refused' ? activity.place : undefined;
  const plan = data?.plan ?? refusedPlan(place?.columns);
  const classes = explanation?.prediction.classes ?? model?.classes ?? [];
  switch (topic) {
    case 'layout':
      return layoutChanges(plan);
    case 'table':
      return tableChanges(plan);
    case 'array':
      return arrayChanges(plan);
    case 'split':
      return splitChanges(plan, model?.steps ?? null);
    case 'columns':
      return columnChanges(plan);
    case 'label':
      return labelChanges(plan);
    case 'classes':
      return classChanges(
        classes,
        [...new Set((data?.instances ?? []).flatMap(({ label }) => label ?? []))],
        explanation ? explanation.prediction.values !== undefined : undefined,
      );
    case 'mask':
      return maskChanges(plan);
    case 'missing':
      return missingChanges();
    case 'standardise':
      return standardise(state, explanation?.signals.features ?? plan.features);
    case 'pad':
      return padChanges(await preprocessing(state.file));
  }
}

async function standardise(
  { file, explanation }: SessionState,
  features: readonly string[],
): Promise<Change[]> {
  const before = await preprocessing(file);
  const model = explanation?.provenance.model;
  return [
    ...(await elsewhereChanges(model, before.folder, features)),
    ...standardiseChanges(before, features),
  ];
}

/** Of a file that was refused: as far as its columns were understood. */
function refusedPlan(columns: SourcePlace['columns'] = []): ReadingPlan {
  const reason = vscode.l10n.t('as far as the file was read');
  return {
    ...NO_PLAN,
    parts: columns.map(({ name, role }) => ({ name, role: role as ColumnRole, reason })),
    features: columns.filter(({ role }) => role === 'feature').map(({ name }) => name),
  };
}

const NO_PLAN: ReadingPlan = {
  ...{ file: '', format: 'csv', layout: 'single', parts: [], instances: 0, steps: [0, 0] },
  ...{ features: [], alternatives: [] },
};

async function preprocessing(file: vscode.Uri | undefined): Promise<Preprocessing> {
  const none: readonly JsonSettings[] = [];
  if (!file) return { steps: none, folder: '' };
  const { target, exists } = await projectFor(file);
  const steps = exists ? preprocessSteps(await projectText(target)) : none;
  return { steps, folder: path.dirname(target.fsPath) };
}
