import type { Dataset } from '../../data/dataset.ts';
import { realSpan } from '../../preprocess/realSpan.ts';
import type { Project } from '../../project/projectShape.ts';

/** T: what the project pads to, and no less than the longest series; padding that the file marks does not count. */
export function longest(datasets: readonly Dataset[], project: Project | undefined): number {
  const asked = project?.preprocess.find((step) => step.kind === 'pad')?.to ?? 1;
  let most = asked;
  for (const { instances } of datasets) {
    for (const { length, mask } of instances) {
      most = Math.max(most, mask ? realSpan(mask) : length);
    }
  }
  return most;
}
