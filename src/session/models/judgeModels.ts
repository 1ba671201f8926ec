import type { CallOptions } from '../../engine/client.ts';
import type { DataSummary, ModelSummary } from '../../engine/contract.ts';
import { type Fit, fitOf } from '../../engine/fit.ts';
import { Refusal } from '../../refusal.ts';
import type { HostEngine } from '../hostEngine.ts';

/** Opening a model takes a moment each; the nearest ones are what people mean. */
const most = 20;

/** A model and how it fits the data. */
export interface JudgedModel extends Fit {
  readonly path: string;
}

/** How models are judged. */
export interface Judging extends CallOptions {
  /** Path of the attribution.json that applies to the data. */
  readonly project?: string;
}

/** Opens each model and says whether it takes the data; one that cannot be opened does not fit, with the reason. */
export async function judgeModels(
  engine: HostEngine,
  paths: readonly string[],
  data: DataSummary,
  options: Judging,
): Promise<JudgedModel[]> {
  const judged: JudgedModel[] = [];
  for (const path of paths.slice(0, most)) {
    options.signal?.throwIfAborted();
    judged.push({ path, ...(await judge(engine, path, data, options)) });
  }
  return judged;
}

async function judge(
  engine: HostEngine,
  path: string,
  data: DataSummary,
  { project, ...options }: Judging,
): Promise<Fit> {
  try {
    const model: ModelSummary = await engine.call('model', { model: path, project }, options);
    return fitOf(model, data);
  } catch (error) {
    if (error instanceof Refusal) {
      return { fits: false, because: error.message };
    }
    throw error;
  }
}
