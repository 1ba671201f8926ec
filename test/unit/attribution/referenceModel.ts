import { readFileSync } from 'node:fs';
import { readNpz } from '../../../src/data/numpy/readNpz.ts';
import { loadModel } from '../../../src/formats/loadModel.ts';
import { type Classifier, describeClassifier, type Layer } from '../../../src/graph/classifier.ts';
import { layerOrTensor } from '../../../src/graph/layerOrTensor.ts';
import type { Runtime } from '../../../src/graph/runtime.ts';
import { float32, type Tensor } from '../../../src/graph/tensor.ts';
import type { Prepared } from '../../../src/preprocess/prepared.ts';
import { referenceFile } from '../../fixtures/referenceFile.ts';

/** The ONNX files of the shared fixtures and the model whose reference numbers they must give. */
export const REFERENCE_FILES: readonly { readonly file: string; readonly model: string }[] = [
  ...['fcn_content', 'inceptiontime_content', 'lstmfcn_content', 'resnet_content'].map(plain),
  ...['jv_xcm', 'xcm_content_w131', 'xcm_content_w26', 'xcm_length_w26', 'xcm_mixed_w26'].flatMap((model) => [
    plain(model),
    { file: `${model}.dynT.onnx`, model },
  ]),
  { file: 'inceptiontime_content.dynamo.onnx', model: 'inceptiontime_content' },
  { file: 'xcm_content_w131.dynamo.onnx', model: 'xcm_content_w131' },
  { file: 'xcm_content_w26.softmax.onnx', model: 'xcm_content_w26' },
  { file: 'xcm_content_w26.batch1.onnx', model: 'xcm_content_w26' },
];

function plain(model: string) {
  return { file: `${model}.onnx`, model };
}

export interface ReferenceModel {
  readonly classifier: Classifier;
  /** Named as in the reference file. */
  readonly layers: readonly { readonly name: string; readonly layer: Layer }[];
}

interface Described {
  readonly onnx: Readonly<
    Record<string, { readonly layers: Readonly<Record<string, { readonly tensor: string }>> }>
  >;
}

/** @param steps of the series, for a free time axis */
export async function openReference(
  file: string,
  model: string,
  runtime: Runtime,
  steps: number,
): Promise<ReferenceModel> {
  const described = JSON.parse(readFileSync(referenceFile(`${model}.json`), 'utf8')) as Described;
  const { graph } = await loadModel(referenceFile(file));
  const classifier = await describeClassifier(graph, runtime, { steps });
  const layers = Object.entries(described.onnx[file]!.layers).map(([name, { tensor }]) => ({
    name,
    layer: layerOrTensor(classifier, tensor),
  }));
  return { classifier, layers };
}

/** Reads arrays of `<model>.ref.npz` by name. */
export function readReference(model: string): (name: string) => Tensor {
  const npz = readNpz(readFileSync(referenceFile(`${model}.ref.npz`)), `${model}.ref.npz`);
  return (name) => {
    const array = npz.get(name);
    if (array === undefined || array.dtype === 'text')
      throw new Error(`${model}.ref.npz has no numbers "${name}"`);
    return array;
  };
}

/** The rows of x [N, F, T], zero-padded behind their lengths. */
export function preparedOf(x: Tensor, lengths: readonly number[]): Prepared[] {
  const [, features, steps] = x.dims as [number, number, number];
  return lengths.map((length, n) => ({
    x: Float32Array.from(x.data as Float32Array).slice(n * features * steps, (n + 1) * features * steps),
    features,
    steps,
    mask: Uint8Array.from({ length: steps }, (_, t) => (t < length ? 1 : 0)),
    length,
    origin: 'reference',
    source: Int32Array.from({ length: steps }, (_, t) => (t < length ? t : -1)),
    findings: [],
  }));
}

/** [N, T, F] or [N, T, F, 1] → [N, F, T] */
export function featuresFirst({ dims, data }: Tensor): Tensor {
  const [n, steps, features] = dims as [number, number, number];
  const values = Float32Array.from({ length: n * steps * features }, (_, i) => {
    const [row, cell] = [Math.floor(i / (steps * features)), i % (steps * features)];
    const [feature, step] = [Math.floor(cell / steps), cell % steps];
    return Number(data[(row * steps + step) * features + feature]);
  });
  return float32([n, features, steps], values);
}
