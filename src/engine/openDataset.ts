import type { Dataset } from '../data/dataset.ts';
import type { Finding } from '../finding.ts';
import type { MaskChoice } from '../preprocess/maskChoice.ts';
import { ownSettings } from '../project/ownSettings.ts';
import type { Project } from '../project/projectShape.ts';
import type { Caches } from './caches.ts';
import type { CallContext } from './contract.ts';
import { dataOptions } from './dataOptions.ts';
import type { OpenModel } from './models.ts';
import { rawArray, withFinding } from './own/rawArray.ts';
import { readySteps } from './readySteps.ts';
import type { DataRequest } from './requests.ts';

/** The share of the work that reading takes, as the progress shows it. */
export const readingShare = 0.7;

/** A file as it was read, and what tells its padding. */
export interface ReadData {
  readonly dataset: Dataset;
  readonly mask: MaskChoice;
  /** SHA-256 of script and data where a script prepares the data. */
  readonly preprocess?: string;
}

/**
 * The dataset alone; the model settles what the file leaves open, where it is named.
 * @param share of the work that reading is
 */
export async function openDataset(
  caches: Caches,
  request: DataRequest,
  project: Project | undefined,
  model: OpenModel | undefined,
  { report, signal }: CallContext,
  share = readingShare,
): Promise<ReadData> {
  const mask = request.mask ?? project?.mask ?? { kind: 'auto' };
  const said = dataOptions(project, mask, model?.classifier.input);
  const options = request.asIs ? { ...said, missing: 'keep' as const } : said;
  const source = { path: request.data, content: request.content, options };
  const within = {
    report: report && ((done: number, what: string) => report(share * done, what)),
    signal,
  };
  if (request.run) {
    const scripted = await caches.scripts.get(
      { ...source, run: request.run, classes: project?.classes },
      within,
    );
    return { dataset: scripted.dataset, mask, preprocess: scripted.hash };
  }
  const dataset = await caches.datasets.get(source, within);
  const raw = dataset.instances[0]?.prepared && (await rawWith(caches, dataset, project, mask, model));
  if (!raw) return { dataset, mask };
  const input = { ...model!.classifier.input, raw: true };
  const read = await caches.datasets.get({ ...source, options: { ...options, input } }, within);
  return { dataset: withFinding(read, raw), mask };
}

/** What is said of an array in the model's own shape whose numbers are raw: what the model says of itself goes first. */
async function rawWith(
  caches: Caches,
  dataset: Dataset,
  project: Project | undefined,
  mask: MaskChoice,
  model: OpenModel | undefined,
): Promise<Finding | undefined> {
  if (!model) return undefined;
  const own = ownSettings(model.classifier.graph.metadata);
  if (own) return rawArray(dataset, own.preprocess, 'model');
  if (!project?.preprocess.some(({ kind }) => kind === 'standardize')) return undefined;
  return rawArray(dataset, await readySteps(caches, { project, mask }, {}), 'attribution.json');
}
