import type { Graph } from '../../graph/graph.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { parseBounded } from '../boundedJson.ts';
import type { Json } from '../keras/config.ts';
import { kerasGraph } from '../keras/kerasGraph.ts';
import { bounded, dialectOf } from '../keras/readKeras.ts';
import { readTopology } from '../keras/readTopology.ts';
import { broken } from './json.ts';
import type { ModelJson } from './modelJson.ts';
import { weightsByName } from './weightsByName.ts';

/**
 * A Keras model in the files of TensorFlow.js: saved by TensorFlow.js itself (the configuration is the topology) or
 * converted (it is in `model_config`).
 * @throws Refusal in one sentence, as for Keras files.
 */
export function readLayersModel(
  { topology, producer }: ModelJson,
  weights: ReadonlyMap<string, Tensor>,
): Graph {
  const written = topology.model_config ?? topology;
  const config = typeof written === 'string' ? parsed(written) : written;
  const version = typeof topology.keras_version === 'string' ? topology.keras_version : '';
  return bounded(() => {
    const model = readTopology(config as Json);
    const found = weightsByName(model, weights);
    return kerasGraph(model, found, { producer, dialect: dialectOf(version) });
  });
}

function parsed(text: string): unknown {
  const read = parseBounded(new TextEncoder().encode(text));
  if (typeof read === 'string') throw broken('The model_config', 'is not valid JSON');
  return read.value;
}
