import type { Graph } from '../../graph/graph.ts';
import { Refusal } from '../../refusal.ts';
import { readGraphModel } from './graphModel/readGraphModel.ts';
import { parseModelJson } from './modelJson.ts';
import { readWeights, type ShardFiles } from './weightsManifest.ts';

/**
 * A TensorFlow.js model: `model.json` and the weight files beside it.
 * @param shards reads a file beside the model, whole.
 * @throws Refusal, in one sentence, for whatever is broken or not supported.
 */
export function readTfjs(bytes: Uint8Array, shards: ShardFiles): Graph {
  const model = parseModelJson(bytes);
  if (model.kind === 'layers-model') {
    throw new Refusal('foreign-model', 'The file is a TensorFlow.js layers model, which is not read yet.');
  }
  return readGraphModel(model, readWeights(model.weightsManifest, shards));
}
