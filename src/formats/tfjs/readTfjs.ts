import type { Graph } from '../../graph/graph.ts';
import type { ExternalFiles } from '../onnx/externalData.ts';
import { readGraphModel } from './graphModel/readGraphModel.ts';
import { parseModelJson } from './modelJson.ts';
import { readLayersModel } from './readLayersModel.ts';
import { readWeights } from './weightsManifest.ts';

/**
 * A TensorFlow.js model: `model.json` and the weight files beside it.
 * @param shards reads a file beside the model, whole.
 * @throws Refusal, in one sentence, for whatever is broken or not supported.
 */
export function readTfjs(bytes: Uint8Array, shards: ExternalFiles): Graph {
  const model = parseModelJson(bytes);
  const weights = readWeights(model.weightsManifest, shards);
  return model.kind === 'layers-model' ? readLayersModel(model, weights) : readGraphModel(model, weights);
}
