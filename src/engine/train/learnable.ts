import type { Caches } from '../caches.ts';
import type { CallContext } from '../contract.ts';
import { openDataset } from '../openDataset.ts';
import type { DataRequest } from '../requests.ts';
import { projectOf } from '../subject.ts';
import { classesToLearn } from './labelled.ts';

/**
 * The classes that a training on a file would learn: what can be refused of its labels is refused before anything else is
 * asked of a person.
 * @throws Refusal as the reading of the file and classesToLearn
 */
export async function learnable(
  caches: Caches,
  request: DataRequest,
  context: CallContext,
): Promise<{ readonly classes: readonly string[] }> {
  const project = await projectOf(request);
  const { dataset } = await openDataset(caches, request, project, undefined, context);
  return { classes: classesToLearn(dataset, project?.classes, request.data) };
}
