import type { Finding } from '../finding.ts';
import { count } from '../format.ts';
import type { LayoutWay } from '../graph/layoutQuestion.ts';
import type { Project } from '../project/projectShape.ts';
import { Refusal } from '../refusal.ts';
import type { Caches } from './caches.ts';
import type { CallContext } from './contract.ts';
import { goesOnInTime } from './goesOnInTime.ts';
import { LayoutToAsk } from './layoutToAsk.ts';
import { modelHints } from './modelHints.ts';
import type { OpenModel } from './models.ts';
import { openDataset } from './openDataset.ts';
import { outputByLabels } from './outputByLabels.ts';
import type { DataRequest } from './requests.ts';

/**
 * The model of a request. Where its graph does not show, or not prove, which axis of its input is time, the file does if
 * one of the ways only has as many features as it, and room for its longest series; so do its labels where nothing but
 * their order says which of several outputs is the answer.
 * @throws Refusal as Models.open does; `ask-input-layout` where the file shows it neither
 */
export async function modelForData(
  caches: Caches,
  request: DataRequest & { readonly model: string },
  project: Project | undefined,
  context: CallContext,
): Promise<OpenModel> {
  const asked = { path: request.model, prefer: request.prefer, ...modelHints(project) };
  const found = await withLayout(caches, request, asked, project, context);
  const shown = await outputByData(caches, request, project, found, context);
  return shown ? caches.models.open({ ...asked, ...found.hints, ...shown }) : found;
}

async function withLayout(
  caches: Caches,
  request: DataRequest,
  asked: Parameters<Caches['models']['open']>[0],
  project: Project | undefined,
  context: CallContext,
): Promise<OpenModel> {
  try {
    const found = await caches.models.open(asked);
    const { layoutWays: ways } = found.classifier;
    const shown = ways && (await layoutByData(caches, request, project, ways, context));
    return shown ? await caches.models.open({ ...asked, ...shown }) : found;
  } catch (error) {
    const shown =
      error instanceof LayoutToAsk && (await layoutByData(caches, request, project, error.ways, context));
    if (!shown) throw error;
    return caches.models.open({ ...asked, ...shown });
  }
}

async function outputByData(
  caches: Caches,
  request: DataRequest,
  project: Project | undefined,
  model: OpenModel,
  { signal }: CallContext,
): Promise<ReturnType<typeof outputByLabels>> {
  if (!model.classifier.heads) return undefined;
  try {
    const { dataset } = await openDataset(caches, request, project, model, { signal });
    return outputByLabels(model.classifier, project?.task, dataset);
  } catch (error) {
    // Who reads the file to explain it says what is wrong with it.
    if (error instanceof Refusal && !signal?.aborted) return undefined;
    throw error;
  }
}

async function layoutByData(
  caches: Caches,
  request: DataRequest,
  project: Project | undefined,
  ways: readonly LayoutWay[],
  { signal }: CallContext,
): Promise<Pick<OpenModel['hints'], 'layout' | 'layoutBy'> | undefined> {
  if (request.given)
    return oneOf(ways, request.given.features, request.given.steps, (way) => finding(way, 'series'));
  try {
    const { dataset } = await openDataset(caches, request, project, undefined, { signal });
    // Nothing but its shape says which axis of a bare array is which.
    const isBare = dataset.layout === 'array';
    if (isBare && !goesOnInTime(dataset)) return undefined;
    const features = dataset.features.length;
    const longest = dataset.instances.reduce((most, { length }) => Math.max(most, length), 0);
    return oneOf(ways, features, longest, isBare ? byCourse : (way) => finding(way, 'file'));
  } catch (error) {
    // A file that is not to be read without the model shows nothing of it; of none nothing is asked.
    const isThere = error instanceof Refusal && error.code !== 'file-missing';
    if (isThere && !signal?.aborted) return undefined;
    throw error;
  }
}

function oneOf(
  ways: readonly LayoutWay[],
  features: number,
  longest: number,
  say: (way: LayoutWay) => Finding,
): Pick<OpenModel['hints'], 'layout' | 'layoutBy'> | undefined {
  const fitting = ways.filter((way) => way.features === features && longest <= way.steps);
  const [way] = fitting;
  return fitting.length === 1 ? { layout: way!.layout, layoutBy: say(way!) } : undefined;
}

/** The bands of a spectrum go on as well. */
function byCourse({ layout, features, steps }: LayoutWay): Finding {
  return {
    code: 'layout-by-data',
    severity: 'warning',
    sentence: `Neither model nor file says which axis is time; the numbers go on along the axis of ${steps}, as those of signals do from step to step, so it is taken for the time steps and that of ${features} for the features. Where bands of a spectrum lie along it, it is the other way round: set "input" in attribution.json, "${layout}" to confirm or the other order.`,
  };
}

function finding({ layout, features, steps }: LayoutWay, what: 'file' | 'series'): Finding {
  return {
    code: 'layout-by-data',
    severity: 'info',
    sentence: `The model does not show which axis of its input is time; the ${what} has ${count(features, 'feature')}, so the axis of ${features} is taken for the features and that of ${steps} for the time steps ("input": "${layout}" in attribution.json says so).`,
  };
}
