import * as path from 'node:path';
import * as vscode from 'vscode';
import type { JsonSettings, ProjectPatch } from '../../../data/reading/readingPlan.ts';
import { preprocessSteps } from '../../../project/preprocessSteps.ts';
import { settingsNaming } from '../../../project/settingsNaming.ts';
import { projectText } from '../projectEdit.ts';
import type { Change } from './change.ts';

/**
 * What the attribution.json beside or above the model says of it, for data that have none: steps and classes as one
 * change, with the paths in it as they lead from the data.
 * @param folder of the attribution.json that is written
 * @param features of the data
 */
export async function elsewhereChanges(
  model: string | undefined,
  folder: string,
  features: readonly string[],
): Promise<Change[]> {
  const beside = model === undefined ? undefined : await settingsNaming(model);
  if (!beside || beside.folder === folder) return [];
  const written = preprocessSteps(await projectText(vscode.Uri.file(beside.path)));
  const preprocess = written.map((step) => moved(step, path.relative(folder, beside.folder)));
  const { classes, data } = beside;
  const named = data.features?.every((name) => features.includes(name));
  const patch: ProjectPatch = {
    ...(preprocess.length > 0 && { preprocess }),
    ...(classes && { classes }),
    ...(named && { data: { features: data.features! } }),
  };
  if (Object.keys(patch).length === 0) return [];
  return [
    {
      label: vscode.l10n.t('As {0} says', vscode.workspace.asRelativePath(beside.path)),
      description: vscode.l10n.t('it names the model; its steps and classes are taken over'),
      patch,
    },
  ];
}

/** A step whose training file is named from another folder. */
function moved(step: JsonSettings, way: string): JsonSettings {
  const { standardize } = step;
  if (typeof standardize !== 'object' || standardize === null || !('from' in standardize)) return step;
  const from = path.join(way, `${standardize.from}`).replaceAll('\\', '/');
  return { ...step, standardize: { ...standardize, from } };
}
