import { basename, dirname, join } from 'node:path';
import type { Finding } from '../finding.ts';
import { areReordered } from '../preprocess/featureOrder.ts';
import { ownSettings } from '../project/ownSettings.ts';
import { parseProject } from '../project/parseProject.ts';
import { projectFileName, readProject } from '../project/project.ts';
import type { Project } from '../project/projectShape.ts';
import { withSettings } from '../project/settings.ts';
import { Refusal } from '../refusal.ts';
import type { Caches } from './caches.ts';
import { type ClassNames, nameAnswers } from './classNames.ts';
import type { CallContext } from './contract.ts';
import { decideTask } from './decideTask.ts';
import { numberedLabels } from './labels/numberedLabels.ts';
import { modelForData } from './modelForData.ts';
import type { OpenModel } from './models.ts';
import { openDataset, type ReadData } from './openDataset.ts';
import { settingsElsewhere } from './own/settingsElsewhere.ts';
import { type Applied, withOwnSettings } from './own/withOwnSettings.ts';
import { readySteps } from './readySteps.ts';
import type { DataRequest } from './requests.ts';

/** What an explanation rests on, as a request names it. */
export interface Subject extends ReadData {
  readonly project: Project | undefined;
  readonly model: OpenModel;
  readonly names: ClassNames;
  /** Where the model's own settings and attribution.json were joined; among the findings of `names`, too. */
  readonly settings: readonly Finding[];
}

/**
 * Model, data, settings and mask of a request, from the cache where nothing has changed.
 * @throws Refusal those of reading model, data and attribution.json
 */
export async function openSubject(
  caches: Caches,
  request: DataRequest & { readonly model: string },
  context: CallContext,
): Promise<Subject> {
  context.report?.(0, `Opening ${basename(request.model)}`);
  const read = context.project;
  const found =
    read === undefined || (read === null && request.set) ? await projectOf(request) : (read ?? undefined);
  if (found?.script && !request.run) {
    throw new Refusal(
      'script-not-run',
      `attribution.json links ${basename(found.script)}, which runs in the editor only; run it yourself and give the .npz it writes, with --config for another attribution.json.`,
    );
  }
  const first = await modelForData(caches, request, found, context);
  const opened = await openOwn(caches, request, first, found, context);
  const { project, settings, dataset, mask, preprocess } = opened;
  const decided = decideTask(request.model, first.classifier, project, dataset);
  const asked = { path: first.path, prefer: request.prefer, ...first.hints, task: decided?.task };
  const model = decided ? await caches.models.open(asked) : first;
  const { findings, ...names } = numberedLabels(
    nameAnswers(model.classifier, project, dataset.classes),
    dataset,
  );
  const elsewhere = ownSettings(model.classifier.graph.metadata)
    ? []
    : await settingsElsewhere(dataset, request, project);
  const all = [...settings, ...elsewhere, ...(decided?.findings ?? []), ...findings];
  return {
    project,
    mask,
    dataset,
    model,
    names: { ...names, findings: all },
    settings: [...settings, ...elsewhere],
    preprocess,
  };
}

/** attribution.json with what the model says of itself. */
export function ownProject(
  caches: Pick<Caches, 'datasets'>,
  request: Pick<DataRequest, 'mask'> & { readonly data?: string },
  { path, classifier }: OpenModel,
  project: Project | undefined,
  context: CallContext,
  ownNames = false,
): Promise<Applied> {
  const mask = request.mask ?? project?.mask ?? { kind: 'auto' };
  const asked = { model: path, data: request.data, ownNames };
  return withOwnSettings(classifier.graph, asked, project, () =>
    readySteps(caches, { project, mask }, context),
  );
}

/**
 * The data set as the model takes it, with attribution.json and what the model says of itself. Where attribution.json calls
 * the features something that the file has not, the names the model was trained with are tried.
 * @throws Refusal as openDataset
 */
export async function openOwn(
  caches: Caches,
  request: DataRequest,
  model: OpenModel,
  found: Project | undefined,
  context: CallContext,
  share?: number,
): Promise<ReadData & Pick<Subject, 'project' | 'settings'>> {
  const opened = async (ownNames: boolean) => {
    const { project, findings } = await ownProject(caches, request, model, found, context, ownNames);
    const read = await openDataset(caches, request, project, model, context, share).catch((error) => {
      throw found?.data.features || !project?.data.features ? error : byTheModel(error);
    });
    return { ...read, project, settings: findings };
  };
  const own = ownSettings(model.classifier.graph.metadata);
  try {
    const read = await opened(false);
    const isTurned =
      own?.numbered && !found?.data.features && areReordered(read.dataset.features, own.numbered);
    return isTurned ? await opened(true) : read;
  } catch (error) {
    if (!isLacking(error) || !found?.data.features || !own?.features) throw error;
    return opened(true).catch((other) => {
      throw isLacking(other) ? error : other;
    });
  }
}

function isLacking(error: unknown): error is Refusal {
  return error instanceof Refusal && error.code === 'missing-features';
}

/** What a file lacks is said to be the model's, where nobody else has named it. */
function byTheModel(error: unknown): unknown {
  if (!isLacking(error)) return error;
  return new Refusal(
    error.code,
    `${error.message} The model was trained with them; list the names that stand for them here, in its order, with "features" under "data" in attribution.json.`,
  );
}

/** The attribution.json that applies, with the settings of the request in it; the settings alone where there is none. */
export async function projectOf({
  project,
  set,
  data,
  model,
}: {
  project?: string;
  set?: readonly string[];
  data?: string;
  model?: string;
}): Promise<Project | undefined> {
  if (project !== undefined) return readProject(project, { set });
  const beside = data ?? model;
  return set && beside !== undefined
    ? parseProject(withSettings('{}', set), join(dirname(beside), projectFileName))
    : undefined;
}
