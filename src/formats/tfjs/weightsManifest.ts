import { elementCount, type Tensor } from '../../graph/tensor.ts';
import { Refusal } from '../../refusal.ts';
import type { ExternalFiles } from '../onnx/externalData.ts';
import { type ElementCode, readElements } from './elements.ts';
import { broken, finiteAt, isObject, listAt, objectAt, textAt, wholeAt } from './json.ts';

/** Time-series classifiers have far fewer numbers. */
const MOST_NUMBERS = 2 ** 25;
const MOST_DIMS = 8;

/**
 * Every weight by its name. What the manifest announces is compared with the size of the shards before anything is
 * allocated for it.
 * @throws Refusal `broken-model`, `unsupported-dtype`, `file-too-big`, or what `shards` throws.
 */
export function readWeights(manifest: readonly unknown[], shards: ExternalFiles): Map<string, Tensor> {
  const weights = new Map<string, Tensor>();
  const locations = new Set<string>();
  let whole = 0;
  for (const [at, entry] of manifest.entries()) {
    const where = `Group ${at + 1} of the weightsManifest`;
    const group = objectAt(entry, where);
    const paths = listAt(group.paths, `${where}: paths`).map((path) => textAt(path, `${where}: a path`));
    const announced = listAt(group.weights, `${where}: weights`).map((weight) => readEntry(weight, where));
    const needed = announced.reduce((sum, { bytes }) => sum + bytes, 0);
    whole += announced.reduce((sum, { dims }) => sum + elementCount(dims), 0);
    if (whole > MOST_NUMBERS) {
      throw new Refusal(
        'file-too-big',
        'The model announces more than 33 million weights, which is not read.',
      );
    }
    for (const path of paths) {
      if (locations.has(path)) throw broken(where, `names the shard ${path} twice`);
      locations.add(path);
    }
    const bytes = joined(paths, shards, needed);
    let from = 0;
    for (const { name, dims, element, bytes: length } of announced) {
      if (weights.has(name)) throw broken(`The weight "${name}"`, 'stands twice in the weightsManifest');
      weights.set(name, readElements(element, dims, bytes.subarray(from, from + length)));
      from += length;
    }
  }
  return weights;
}

function joined(paths: readonly string[], shards: ExternalFiles, needed: number): Uint8Array {
  let left = needed;
  const parts = paths.map((path) => {
    const part = shards(path, left);
    left -= part.length;
    return part;
  });
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  if (length !== needed) {
    throw new Refusal(
      'broken-model',
      `The weights need ${needed} bytes, but ${named(paths)} ${paths.length === 1 ? 'has' : 'have'} ${length}; ` +
        'the files do not belong together or one is cut short, copy or convert the model again.',
    );
  }
  return parts.length === 1 ? parts[0]! : Buffer.concat(parts, length);
}

function named(paths: readonly string[]): string {
  const shown = paths.length > 3 ? [...paths.slice(0, 2), `${paths.length - 2} more`] : paths;
  return shown.length === 0 ? 'the files named' : shown.join(', ');
}

interface Entry {
  readonly name: string;
  readonly dims: readonly number[];
  readonly element: ElementCode;
  readonly bytes: number;
}

function readEntry(value: unknown, group: string): Entry {
  const entry = objectAt(value, `${group}: a weight`);
  const name = textAt(entry.name, `${group}: the name of a weight`);
  const where = `The weight "${name}"`;
  const dims = listAt(entry.shape, `${where}: shape`).map((dim) => wholeAt(dim, `${where}: a size`));
  const count = elementCount(dims);
  if (dims.some((dim) => dim < 0) || dims.length > MOST_DIMS || !Number.isSafeInteger(count)) {
    throw broken(where, `announces the impossible shape [${dims.slice(0, 9).join(', ')}]`);
  }
  const element = elementOf(textAt(entry.dtype, `${where}: dtype`), entry.quantization, where);
  return { name, dims, element, bytes: count * BYTES[element.stored] };
}

const BYTES: Readonly<Record<ElementCode['stored'], number>> = {
  float32: 4,
  int32: 4,
  bool: 1,
  uint8: 1,
  uint16: 2,
  float16: 2,
};

function elementOf(dtype: string, quantization: unknown, where: string): ElementCode {
  if (dtype !== 'float32' && dtype !== 'int32' && dtype !== 'bool') {
    throw new Refusal(
      'unsupported-dtype',
      `${where} has element type ${dtype.slice(0, 40)}, which is not supported; weights are float32, int32 or bool.`,
    );
  }
  if (quantization === undefined || quantization === null) {
    return { stored: dtype, dtype, scale: 1, min: 0 };
  }
  if (!isObject(quantization)) throw broken(`${where}: quantization`, 'is not an object');
  const { dtype: stored, scale, min } = quantization;
  if (stored === 'float16' && dtype === 'float32') return { stored, dtype, scale: 1, min: 0 };
  if ((stored !== 'uint8' && stored !== 'uint16') || dtype === 'bool') {
    throw new Refusal(
      'unsupported-dtype',
      `${where} is ${dtype} quantised as ${JSON.stringify(stored)?.slice(0, 40)}, which is not supported; uint8, uint16 and float16 are.`,
    );
  }
  return {
    stored,
    dtype,
    scale: finiteAt(scale, `${where}: the scale of its quantisation`),
    min: finiteAt(min, `${where}: the minimum of its quantisation`),
  };
}
