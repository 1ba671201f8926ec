import { Refusal } from '../../refusal.ts';
import { Config, isObject, type Json, type JsonObject } from './config.ts';
import { inputsOf, readCalls } from './inboundNodes.ts';
import type { KerasCall, KerasLayer, KerasModel, Reference } from './model.ts';
import { withoutBuildingCalls } from './nestedCalls.ts';
import { partsOf } from './parts.ts';
import { variablesOf } from './variables.ts';

const MOST_LAYERS = 10_000;
const DEEPEST = 20;

/**
 * The model a configuration describes, in any dialect: Keras 3 (`config.json`), Keras 2 and TensorFlow.js
 * (`model_config`, `modelTopology.model_config`).
 * @param json `{ "class_name": "Functional" | "Sequential" | "Model", "config": … }`
 * @throws Refusal `unsupported-model`, `broken-model`, `unsupported-layer`
 */
export function readTopology(json: Json): KerasModel {
  return readModel(json, 0);
}

const FUNCTIONAL = new Set(['Functional', 'Model']);

function isModel(className: string): boolean {
  return FUNCTIONAL.has(className) || className === 'Sequential';
}

function readModel(json: Json, depth: number): KerasModel {
  const className = isObject(json) && typeof json.class_name === 'string' ? json.class_name : undefined;
  if (!isObject(json) || className === undefined) {
    throw broken('The configuration of the model names no class');
  }
  if (depth > DEEPEST) {
    throw broken(`The model holds models within models, more than ${DEEPEST} deep`);
  }
  if (!isModel(className)) {
    throw new Refusal(
      'unsupported-model',
      `The model is of the class ${className}, whose code is not in the file; export it to ONNX where it was trained.`,
    );
  }
  const { config } = json;
  // The oldest Sequential models are a bare list.
  const inner: Json | undefined = Array.isArray(config)
    ? config
    : isObject(config)
      ? config.layers
      : undefined;
  if (!Array.isArray(inner) || inner.length === 0) {
    throw broken('The configuration of the model lists no layers');
  }
  if (inner.length > MOST_LAYERS) {
    throw broken(`The model has ${inner.length} layers, more than ${MOST_LAYERS}`);
  }
  const settings = isObject(config) ? config : {};
  const name = typeof settings.name === 'string' ? settings.name : 'model';
  return className === 'Sequential'
    ? sequential(name, inner, settings, depth)
    : functional(name, inner, settings, depth);
}

function functional(name: string, list: readonly Json[], config: JsonObject, depth: number): KerasModel {
  const names = new Set<string>();
  for (const entry of list) {
    const layer = nameOf(entry);
    if (names.has(layer)) throw broken(`The layer "${layer}" occurs twice`);
    names.add(layer);
  }
  const layers = list.map((entry) => {
    const { inbound_nodes: inbound = [] } = entry as JsonObject;
    return readLayer(entry, depth, (title) => readCalls(inbound, names, title));
  });
  return withoutBuildingCalls({
    name,
    layers,
    inputs: inputsOf(config.input_layers, names, 'input_layers'),
    outputs: inputsOf(config.output_layers, names, 'output_layers'),
  });
}

/** Every layer takes what the one before it gives. */
function sequential(name: string, list: readonly Json[], config: JsonObject, depth: number): KerasModel {
  const entries = classOf(list[0]!) === 'InputLayer' ? list : [inputFor(list[0]!, config), ...list];
  const from = (layer: string): Reference => ({ layer, node: 0, index: 0 });
  const layers: KerasLayer[] = [];
  for (const entry of entries) {
    const before = layers.at(-1);
    const args = before ? [{ kind: 'tensor', from: from(before.name) } as const] : [];
    layers.push(readLayer(entry, depth, () => [{ args, kwargs: new Map() }], true));
  }
  return { name, layers, inputs: [from(layers[0]!.name)], outputs: [from(layers.at(-1)!.name)] };
}

/** A Sequential of Keras 2 may have its input's shape in its first layer, or only where it was built. */
function inputFor(first: Json, config: JsonObject): Json {
  const inner = isObject(first) && isObject(first.config) ? first.config : {};
  const built = isObject(first) && isObject(first.build_config) ? first.build_config.input_shape : undefined;
  const shape = inner.batch_input_shape ?? inner.batch_shape ?? config.build_input_shape ?? built;
  const nested = isObject(inner) && Array.isArray(inner.layers) ? inner.layers[0] : undefined;
  if (shape === undefined && nested !== undefined) return inputFor(nested, inner);
  return {
    class_name: 'InputLayer',
    config: { name: `${nameOf(first)}_input`, batch_shape: shape ?? null, dtype: inner.dtype ?? 'float32' },
  };
}

/** They do not say whether they are trained. */
const PLAINLY_LAYERS = new Set([
  'InputLayer',
  'SpatialDropout1D',
  'SpatialDropout2D',
  'TFOpLambda',
  'SlicingOpLambda',
]);

/** @param listed whether it stands in a list that holds layers only; a Functional of Keras 3 lists operations too. */
function readLayer(
  entry: Json,
  depth: number,
  calls: (title: string) => KerasCall[],
  listed = false,
): KerasLayer {
  const name = nameOf(entry);
  const { config, module } = entry as JsonObject;
  const settings = isObject(config) ? config : {};
  const isLayer =
    listed ||
    'trainable' in settings ||
    (typeof module === 'string' && module.startsWith('keras.layers')) ||
    PLAINLY_LAYERS.has(classOf(entry)) ||
    isModel(classOf(entry));
  const className = isLayer ? classOf(entry) : `op:${classOf(entry)}`;
  const layer = makeLayer(className, name, settings, calls);
  return isModel(className) ? { ...layer, model: readModel(entry, depth + 1) } : layer;
}

/** @param calls of the layer, from its title. */
export function makeLayer(
  className: string,
  name: string,
  settings: JsonObject,
  calls: (title: string) => KerasCall[] = () => [],
): KerasLayer {
  const config = new Config(settings, `Layer "${name}" (${className.replace('op:', '')})`);
  return {
    className,
    name,
    config,
    calls: calls(config.title),
    trainable: settings.trainable !== false,
    variables: variablesOf(className, config),
    parts: partsOf(className, config, makeLayer),
  };
}

/** A class somebody registered bears its package's name: `Custom>Attention`. */
function classOf(entry: Json): string {
  if (!isObject(entry) || typeof entry.class_name !== 'string') {
    throw broken('A layer of the model has no class');
  }
  const registered = entry.registered_name;
  return typeof registered === 'string' && registered.includes('>') && !registered.startsWith('keras')
    ? registered
    : entry.class_name;
}

function nameOf(entry: Json): string {
  const inner = isObject(entry) && isObject(entry.config) ? entry.config.name : undefined;
  const name = isObject(entry) && typeof entry.name === 'string' ? entry.name : inner;
  if (typeof name !== 'string' || name === '' || name.length > 1000) {
    throw broken('A layer of the model has no name');
  }
  return name;
}

function broken(what: string): Refusal {
  return new Refusal('broken-model', `${what}; save the model again.`);
}
