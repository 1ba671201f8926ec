import { Refusal } from '../../refusal.ts';
import { parseBounded } from '../boundedJson.ts';
import { broken, isObject, listAt, objectAt, type UnknownObject } from './json.ts';

/** A `model.json` whose parts are of the right kind; what is in them is checked where it is read. */
export interface ModelJson {
  readonly kind: 'graph-model' | 'layers-model';
  readonly topology: UnknownObject;
  readonly weightsManifest: readonly unknown[];
  /** Of a graph model: names and shapes of inputs and outputs, where the converter noted them. */
  readonly signature: UnknownObject | undefined;
  /** Who converted it, e.g. `TensorFlow.js Converter v4.22.0`. */
  readonly producer: string;
}

/** Weights lie in other files, so even a graph of ten thousand nodes stays below. */
const LARGEST_JSON = 2 ** 24;

/**
 * @throws Refusal `not-a-model` for other JSON, `foreign-model` for what TensorFlow.js loads by other means,
 *   `broken-model` where a part is not of its kind.
 */
export function parseModelJson(bytes: Uint8Array): ModelJson {
  refuseLargeJson('A model.json', bytes.length);
  const root = parse(bytes);
  if (!isObject(root) || !('modelTopology' in root || 'weightsManifest' in root)) {
    throw new Refusal(
      'not-a-model',
      'The file is a JSON file, but not the model.json of a TensorFlow.js model (it has no modelTopology).',
    );
  }
  if (!isObject(root.modelTopology)) {
    throw new Refusal(
      'foreign-model',
      'The file lists weights only, without the layers of the model (modelTopology); save the whole model with model.save().',
    );
  }
  if (root.modelInitializer !== undefined) {
    throw new Refusal(
      'unsupported-model',
      'The model looks up texts or ids in tables when it starts (modelInitializer), which is not supported; export the part from the series on.',
    );
  }
  return {
    kind: kindOf(root, root.modelTopology),
    topology: root.modelTopology,
    weightsManifest: listAt(root.weightsManifest ?? [], 'The weightsManifest'),
    signature: signatureOf(root),
    producer:
      ([root.convertedBy, root.generatedBy].find((by) => typeof by === 'string' && by !== '') as
        | string
        | undefined) ?? 'TensorFlow.js',
  };
}

/** @param bytes of the file @throws Refusal `file-too-big` */
export function refuseLargeJson(name: string, bytes: number): void {
  if (bytes <= LARGEST_JSON) return;
  throw new Refusal('file-too-big', `${name} has ${bytes} bytes; of a model.json at most 16 MB are read.`);
}

/** Whether a file is JSON by its name or by how it begins; no other model is. */
export function isJson(path: string, content: Uint8Array): boolean {
  const head = Buffer.from(content.subarray(0, 64)).toString('latin1');
  return path.toLowerCase().endsWith('.json') || /^(\xef\xbb\xbf)?\s*\{/.test(head);
}

/** Whether the beginning of a file can be that of a `model.json`; a cheap look before whole files are parsed. */
export function looksLikeModelJson(head: Uint8Array): boolean {
  const text = Buffer.from(head)
    .toString('latin1')
    .trimStart()
    .replace(/^\xef\xbb\xbf/, '');
  return (
    text.startsWith('{') && /"(modelTopology|weightsManifest|format"\s*:\s*"(graph|layers)-model)"/.test(text)
  );
}

function parse(bytes: Uint8Array): unknown {
  const parsed = parseBounded(bytes);
  if (parsed === 'huge') {
    throw new Refusal(
      'broken-model',
      'The file is nested more deeply or holds more values than any model.json.',
    );
  }
  if (parsed === 'broken') {
    throw new Refusal(
      'broken-model',
      'The file is not valid JSON, or it is cut short; copy or convert the model again.',
    );
  }
  return parsed.value;
}

function kindOf({ format }: UnknownObject, topology: UnknownObject): ModelJson['kind'] {
  if (format === 'graph-model' || format === 'layers-model') return format;
  if (format !== undefined && format !== null) {
    throw new Refusal(
      'foreign-model',
      `The file has the format ${JSON.stringify(format).slice(0, 40)}; TensorFlow.js models are graph-model or layers-model.`,
    );
  }
  if (Array.isArray(topology.node)) return 'graph-model';
  if ('model_config' in topology || 'class_name' in topology) return 'layers-model';
  throw broken('The modelTopology', 'holds neither nodes nor layers');
}

function signatureOf(root: UnknownObject): UnknownObject | undefined {
  const noted = isObject(root.userDefinedMetadata) ? root.userDefinedMetadata.signature : undefined;
  const signature = root.signature ?? noted;
  return signature === undefined || signature === null ? undefined : objectAt(signature, 'The signature');
}
