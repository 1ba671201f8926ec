import type { Graph } from '../../graph/graph.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { Refusal } from '../../refusal.ts';
import { parseBounded } from '../boundedJson.ts';
import { zipEntry } from '../zip.ts';
import { compiledTask } from './compiledTask.ts';
import { isObject, type Json } from './config.ts';
import { type Hdf5Group, readHdf5 } from './hdf5.ts';
import { kerasGraph } from './kerasGraph.ts';
import { readTopology } from './readTopology.ts';
import { weightsByPath, weightsInOrder } from './weights.ts';

/** The configuration of a thousand layers has a few megabytes. */
const LARGEST_CONFIG = 2 ** 25;

/**
 * A `.keras` file: a zip archive with `config.json` and `model.weights.h5`.
 * @throws Refusal in one sentence
 */
export function readKerasArchive(bytes: Uint8Array): Graph {
  const config = zipEntry(bytes, 'config.json');
  const weights = zipEntry(bytes, 'model.weights.h5');
  if (config === undefined || weights === undefined) {
    throw new Refusal(
      'broken-model',
      `The archive holds no ${config === undefined ? 'config.json' : 'model.weights.h5'}; save the model again with model.save("model.keras").`,
    );
  }
  const metadata = zipEntry(bytes, 'metadata.json');
  const version = metadata === undefined ? undefined : parsed(metadata, 'metadata.json');
  const written = isObject(version) && typeof version.keras_version === 'string' ? version.keras_version : '';
  return bounded(() => {
    const said = parsed(config, 'config.json');
    const model = readTopology(said);
    const found = readHdf5(weights, (root) => {
      // Keras 2.13 to 2.15 calls the layers of its .keras files otherwise.
      const prefix = root.names.includes('_layer_checkpoint_dependencies')
        ? '_layer_checkpoint_dependencies'
        : 'layers';
      return weightsByPath(model, (path) => root.tensor(path.replaceAll(/(^|\/)layers\//g, `$1${prefix}/`)));
    });
    const graph = kerasGraph(model, found, {
      ...{ producer: `keras ${written}`.trim(), dialect: dialectOf(written) },
    });
    return { ...graph, ...compiledTask(isObject(said) ? said.compile_config : undefined) };
  });
}

/**
 * A legacy `.h5` file of Keras 2 or 3: the configuration as an attribute, the weights per layer.
 * @throws Refusal in one sentence
 */
export function readLegacyH5(bytes: Uint8Array): Graph {
  const file = readHdf5(bytes, readRoot);
  return bounded(() => {
    const model = readTopology(json(file.config, 'model_config'));
    const weights = weightsInOrder(model, (layer) => file.weights.get(layer));
    const { version } = file;
    const graph = kerasGraph(model, weights, {
      ...{ producer: `keras ${version}`.trim(), dialect: dialectOf(version) },
    });
    return { ...graph, ...compiledTask(file.compiled) };
  });
}

/** The configuration, and per layer its weights in the order of the file. */
function readRoot(root: Hdf5Group) {
  const config = root.text('model_config');
  const group = root.group('model_weights');
  if (config === undefined || group === undefined) {
    throw new Refusal(
      'not-a-model',
      'The HDF5 file holds no whole Keras model (weights alone say nothing about the layers); save it with model.save(…).',
    );
  }
  const weights = new Map<string, readonly Tensor[]>();
  for (const layer of group.texts('layer_names') ?? group.names) {
    const own = group.group(layer);
    const tensors = own?.texts('weight_names')?.map((name) => {
      const found = own.tensor(name);
      if (found !== undefined) return found;
      throw new Refusal(
        'weights-missing',
        `Layer "${layer}" names the weights "${name}", which are not in the file.`,
      );
    });
    if (tensors !== undefined) weights.set(layer, tensors);
  }
  const compiled = compiledOf(root.text('training_config'));
  return {
    config,
    weights,
    compiled,
    version: root.text('keras_version') ?? group.text('keras_version') ?? '',
  };
}

/** How it was trained is no part of the model: what cannot be read of it is left aside. */
function compiledOf(text: string | undefined): Json | undefined {
  const found = text === undefined ? undefined : parseBounded(new TextEncoder().encode(text));
  return typeof found === 'object' ? (found.value as Json) : undefined;
}

/** Before 3 came 2; a file that says nothing is old. */
export function dialectOf(version: string): 2 | 3 {
  return /^[3-9]/.test(version) ? 3 : 2;
}

function parsed(bytes: Uint8Array, name: string): Json {
  if (bytes.length > LARGEST_CONFIG) {
    throw new Refusal(
      'model-too-big',
      `Its ${name} has ${bytes.length} bytes; at most ${LARGEST_CONFIG} are read.`,
    );
  }
  return json(new TextDecoder().decode(bytes), name);
}

function json(text: string, name: string): Json {
  const parsed = text.length <= LARGEST_CONFIG ? parseBounded(new TextEncoder().encode(text)) : 'huge';
  if (typeof parsed === 'object') return parsed.value as Json;
  throw new Refusal('broken-model', `Its ${name} is no JSON that can be read; save the model again.`);
}

/**
 * Layers within layers within layers: the stack ends before the memory does.
 * @throws Refusal `broken-model`
 */
export function bounded<Result>(work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (error instanceof RangeError) {
      throw new Refusal('broken-model', 'The layers of the model are nested too deeply to be read.');
    }
    throw error;
  }
}
