import { count } from '../format.ts';
import type { DataSummary, ModelSummary } from './contract.ts';

/** Whether a model can take a data file; `because` is half a sentence about the model, fit to be shown. */
export interface Fit {
  readonly fits: boolean;
  readonly because: string;
}

/** A model whose T is shorter than a series still fits: cutting is asked for when that series is reached. */
export function fitOf(model: Pick<ModelSummary, 'features' | 'steps'>, data: DataSummary): Fit {
  const shape = `${count(model.features, 'feature')} × ${model.steps ?? 'any number of'} steps`;
  // Wide files and arrays have no feature names, yet one row of names per feature all the same.
  if (model.features !== data.features.length) {
    return { fits: false, because: `takes ${shape}, the file has ${data.features.length}` };
  }
  const longest = data.instances.reduce((most, { length }) => Math.max(most, length), 0);
  if (model.steps !== null && longest > model.steps) {
    return { fits: true, because: `takes ${shape}, the longest series has ${longest}` };
  }
  return { fits: true, because: `takes ${shape}` };
}
