import type { Graph } from '../../graph/graph.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { Refusal } from '../../refusal.ts';
import { parseBounded } from '../boundedJson.ts';
import { isObject, type Json } from '../keras/config.ts';
import { zipEntries, zipEntry } from '../zip.ts';
import { elementType, fromStorage } from './elementTypes.ts';
import { object, text } from './form.ts';
import { type ExportedProgram, readProgram } from './program.ts';
import { programGraph } from './programGraph.ts';

const MODEL = /^[^/]+\/models\/model\.json$/;
/** PyTorch's codes of float16 and bfloat16. */
const HALF: ReadonlySet<number> = new Set([6, 13]);
const SAVE = 'save it again with torch.export.save';

/** Whether the entries of a zip archive are those of `torch.export.save`. */
export function isPt2(entries: readonly string[]): boolean {
  return entries.some((entry) => MODEL.test(entry));
}

/**
 * A `.pt2` file: a zip archive with the graph of ATen calls as JSON and the weights as they lie in memory. No pickle is
 * read: what is stored as one is refused.
 * @throws Refusal in one sentence
 */
export function readPt2(bytes: Uint8Array): Graph {
  const entries = zipEntries(bytes);
  const folder = entries.find((entry) => MODEL.test(entry))!.split('/')[0]!;
  const byteOrder = zipEntry(bytes, `${folder}/byteorder`);
  if (byteOrder && new TextDecoder().decode(byteOrder).trim() !== 'little') {
    throw new Refusal('unsupported-model', 'Its weights are written big-endian; save it on another machine.');
  }
  const program = readProgram(parsed(bytes, `${folder}/models/model.json`));
  const weights = readWeights(bytes, folder, program);
  const given = program.inputs.flatMap((name) => program.tensors.get(name)?.dtype ?? []);
  // What autocast computes in is seen by what its tensors are.
  const halves = [...program.tensors.values()].map(({ dtype }) => dtype).filter((code) => HALF.has(code));
  const stored = new Set(
    [...given, ...weights.types, ...halves].flatMap((code) => elementType(code).stored ?? []),
  );
  const graph = programGraph(program, weights.tensors);
  if (stored.size === 0) return graph;
  const written = stored.has('float64') ? 'double' : 'half';
  const finding = {
    code: `${written}-precision`,
    severity: 'info',
    sentence: `The model is written in ${written} precision and is computed in float32, so its numbers differ a little.`,
  } as const;
  return { ...graph, findings: [finding] };
}

/** Weights and constants by the name of the graph input that stands for them. */
function readWeights(bytes: Uint8Array, folder: string, { stored }: ExportedProgram) {
  const tensors = new Map<string, { readonly name: string; readonly value: Tensor }>();
  const storages = new Map<string, Uint8Array>();
  const made = new Map<string, Tensor>();
  const types = new Set<number>();
  const places = ['weights', 'constants'].map((kind) => {
    const path = `${folder}/data/${kind}/model_${kind}_config.json`;
    const config = zipEntry(bytes, path) ? object(object(parsed(bytes, path)).config) : {};
    return { kind, config };
  });
  for (const [input, name] of stored) {
    const place = places.find(({ config }) => Object.hasOwn(config, name));
    if (!place) {
      throw new Refusal('weights-missing', `The weights "${name}" are not in the file; ${SAVE}.`);
    }
    const entry = object(place.config[name]);
    if (entry.use_pickle === true) {
      throw new Refusal(
        'unsupported-model',
        `The weights "${name}" are stored as a pickle, which is never opened here; move the model to the CPU and ${SAVE}.`,
      );
    }
    const path = `${folder}/data/${place.kind}/${text(entry.path_name)}`;
    const storage = storages.get(path) ?? zipEntry(bytes, path);
    if (!storage) throw new Refusal('weights-missing', `Its part ${path} is missing; ${SAVE}.`);
    storages.set(path, storage);
    const meta = object(entry.tensor_meta);
    const numbers = (value: Json | undefined) =>
      (Array.isArray(value) ? value : []).map((one) => Number(isObject(one) ? one.as_int : one));
    const laid = {
      dtype: Number(meta.dtype),
      sizes: numbers(meta.sizes),
      strides: numbers(meta.strides),
      offset: isObject(meta.storage_offset) ? Number(meta.storage_offset.as_int) : 0,
    };
    const fits = [...laid.sizes, ...laid.strides, laid.offset].every(
      (n) => Number.isSafeInteger(n) && n >= 0,
    );
    if (!fits || laid.sizes.length !== laid.strides.length) {
      throw new Refusal('broken-model', `The weights "${name}" have no shape that can be read; ${SAVE}.`);
    }
    types.add(laid.dtype);
    // A kernel that two modules share stays one.
    const key = JSON.stringify([path, laid]);
    const value = made.get(key) ?? fromStorage(storage, laid, name);
    made.set(key, value);
    tensors.set(input, { name, value });
  }
  return { tensors, types };
}

function parsed(bytes: Uint8Array, path: string): Json {
  const part = zipEntry(bytes, path);
  const json = part && parseBounded(part);
  if (typeof json === 'object') return json.value as Json;
  throw new Refusal('broken-model', `Its part ${path} is no JSON that can be read; ${SAVE}.`);
}
