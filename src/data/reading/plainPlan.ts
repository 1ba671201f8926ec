import type { Dataset } from '../dataset.ts';
import type { ReadingPlan } from './readingPlan.ts';
import { stepRange } from './stepRange.ts';

/** The plan of a file whose format says what is what. */
export function plainPlan(file: string, dataset: Dataset): ReadingPlan {
  const { format, layout, features, instances, maskOrigin } = dataset;
  return {
    file,
    format,
    layout,
    parts: features.map((name) => ({ name, role: 'feature', reason: 'the format says so' })),
    instances: instances.length,
    steps: stepRange(instances),
    features,
    ...(maskOrigin !== undefined && { mask: maskOrigin }),
    alternatives: [],
  };
}
