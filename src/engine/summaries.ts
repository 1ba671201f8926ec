import { basename } from 'node:path';
import { gradientFaults } from '../attribution/gradientAvailability.ts';
import type { Dataset, Instance } from '../data/dataset.ts';
import { plainPlan } from '../data/reading/plainPlan.ts';
import type { ReadingPlan } from '../data/reading/readingPlan.ts';
import type { Classifier, Layer } from '../graph/classifier.ts';
import type { LayerSummary } from '../graph/layerSummary.ts';
import { ownSettings } from '../project/ownSettings.ts';
import type { Project } from '../project/projectShape.ts';
import { Refusal } from '../refusal.ts';
import type { Caches } from './caches.ts';
import { type ClassNames, nameAnswers } from './classNames.ts';
import type { CallContext, DataSummary, InstanceSummary, ModelSummary, RuntimeSummary } from './contract.ts';
import { decideTask } from './decideTask.ts';
import { numberedLabels } from './labels/numberedLabels.ts';
import { modelForData } from './modelForData.ts';
import { modelHints } from './modelHints.ts';
import type { OpenModel } from './models.ts';
import { openDataset } from './openDataset.ts';
import { projectAbove } from './projectAbove.ts';
import { readingFacts } from './reading/facts.ts';
import type { DataRequest, RuntimePreference } from './requests.ts';
import { openOwn } from './subject.ts';

/** Which runtime it would be, and why not the one asked for. */
export async function runtimeSummary(
  { models }: Caches,
  prefer: RuntimePreference | undefined,
): Promise<RuntimeSummary> {
  const { runtime, ...said } = await models.runtime(prefer);
  return { id: runtime.id, version: runtime.version, ...said };
}

/** @throws Refusal as Models.open does */
export async function modelSummary(
  { models }: Caches,
  { model: path, prefer }: { readonly model: string; readonly prefer?: RuntimePreference },
  project: Project | undefined,
): Promise<ModelSummary> {
  return summaryOf(await models.open({ path, prefer, ...modelHints(project) }), project);
}

/** What a view needs of a model. */
export function summaryOf(
  { path, hash, classifier, hints }: OpenModel,
  project: Project | undefined,
): ModelSummary {
  const { input, layers, findings, values } = classifier;
  const own = ownSettings(classifier.graph.metadata);
  const named = nameAnswers(classifier, own ? { ...project, classes: own.classes } : project, undefined);
  return {
    path,
    hash,
    features: input.features,
    steps: input.steps,
    layout: input.layout,
    classes: named.names,
    ...(hints.outputBy && { output: hints.output }),
    ...(values && { values }),
    ...(classifier.open && !named.given && { open: true as const }),
    layers: layers.map(layerSummary),
    ...noGradient(classifier),
    findings: [...findings, ...named.findings],
  };
}

/**
 * The model, where it is named, settles what the file leaves open.
 * @param share of the work that reading is, as the progress shows it
 * @throws Refusal as openDataset does
 */
export async function dataSummary(
  caches: Caches,
  request: DataRequest,
  found: Project | undefined,
  context: CallContext,
  share = 1,
): Promise<DataSummary> {
  const model = hasModel(request) ? await modelForData(caches, request, found, context) : undefined;
  const { project, dataset } = model
    ? await openOwn(caches, request, model, found, context, share)
    : { project: found, ...(await openDataset(caches, request, found, undefined, context, share)) };
  const { format, layout, features, cells, instances, findings } = dataset;
  const plan = planFor(request.data, dataset);
  const names = model && (await answerNames(caches, request, model, project, dataset));
  return {
    path: request.data,
    plan,
    facts: readingFacts({
      ...{ dataset, plan, project, names },
      own: ownSettings(model?.classifier.graph.metadata),
    }),
    format,
    layout,
    features,
    cells,
    instances: instances.map(instanceSummary),
    findings: [...findings, ...projectAbove(found, request.data)],
  };
}

function hasModel(request: DataRequest): request is DataRequest & { readonly model: string } {
  return request.model !== undefined;
}

/** Undefined where nothing tells whether the one output is a class or a number: the explanation says so. */
async function answerNames(
  { models }: Caches,
  { prefer }: DataRequest,
  first: OpenModel,
  project: Project | undefined,
  dataset: Dataset,
): Promise<ClassNames | undefined> {
  try {
    const decided = decideTask(first.path, first.classifier, project, dataset);
    const asked = { path: first.path, prefer, ...first.hints, task: decided?.task };
    const { classifier } = decided ? await models.open(asked) : first;
    return numberedLabels(nameAnswers(classifier, project, dataset.classes), dataset);
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

/** How a file was read, whatever its format. */
export function planFor(path: string, dataset: Dataset): ReadingPlan {
  return dataset.plan ?? plainPlan(basename(path), dataset);
}

function noGradient(classifier: Classifier): Pick<ModelSummary, 'noGradient'> {
  const faults = gradientFaults(classifier);
  return Object.keys(faults).length > 0 ? { noGradient: faults } : {};
}

/** What a view needs of a layer, without what only computing needs. */
function layerSummary({ axes: _, positions: __, reads: ___, ...summary }: Layer): LayerSummary {
  return summary;
}

function instanceSummary({ id, index, length, label, lines, line }: Instance): InstanceSummary {
  // Padding that a script has put in stands on no line.
  const first = lines?.find((at) => at > 0);
  const at = first
    ? ([first, lines!.findLast((at) => at > 0)!] as const)
    : line
      ? ([line, line] as const)
      : undefined;
  return { id, index, length, label, lines: at };
}
