import type { Dataset } from '../../data/dataset.ts';
import type { Caches } from '../caches.ts';
import type { CallContext } from '../contract.ts';
import { openDataset } from '../openDataset.ts';
import type { LearntOf, LearntRequest } from '../requests.ts';
import { projectOf } from '../subject.ts';
import { classesToLearn } from './labelled.ts';
import { longest } from './longest.ts';
import { marked } from './marked.ts';

/**
 * What a training on files would learn: settings that say what is found without them change nothing.
 * @throws Refusal as the reading of the files and classesToLearn; the signal's reason when cancelled
 */
export async function learntOf(
  caches: Caches,
  { judged, ...request }: LearntRequest,
  context: CallContext,
): Promise<LearntOf> {
  const project = await projectOf(request);
  const all: Dataset[] = [];
  for (const data of [request.data, ...judged]) {
    const { dataset, mask } = await openDataset(caches, { ...request, data }, project, undefined, context);
    all.push(await marked(dataset, mask, context.signal));
  }
  const [own] = all;
  return {
    classes: classesToLearn(own!, project?.classes, request.data),
    features: project?.data.features ?? own!.features,
    steps: longest(all, project),
  };
}
