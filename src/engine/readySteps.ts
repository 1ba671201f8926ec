import type { MaskChoice } from '../preprocess/maskChoice.ts';
import { resolveSteps } from '../preprocess/resolveSteps.ts';
import type { ReadyStep } from '../preprocess/step.ts';
import type { Project } from '../project/projectShape.ts';
import type { CallContext } from './contract.ts';
import { dataOptions } from './dataOptions.ts';
import type { Datasets } from './datasets.ts';

/** The project's preprocessing with statistics of training files in place. */
export function readySteps(
  { datasets }: { readonly datasets: Datasets },
  { project, mask }: { readonly project: Project | undefined; readonly mask: MaskChoice },
  { report, signal }: CallContext,
): Promise<ReadyStep[]> {
  const context: CallContext = { report: report && ((_, what) => report(0.7, what)), signal };
  const read = (path: string) =>
    datasets.get({ path, options: dataOptions(project, mask, undefined) }, context);
  return resolveSteps(project?.preprocess ?? [], read, mask);
}
