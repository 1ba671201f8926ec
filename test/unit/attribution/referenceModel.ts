import { readFileSync } from 'node:fs';
import type { MapLayer, MapModel } from '../../../src/attribution/mapGraph.ts';
import { readNpz } from '../../../src/data/numpy/readNpz.ts';
import { loadModel } from '../../../src/formats/loadModel.ts';
import { probeShapes } from '../../../src/graph/shapes.ts';
import { float32, type Tensor } from '../../../src/graph/tensor.ts';
import type { Runtime } from '../../../src/runtime/runtime.ts';
import { sharedFixture } from '../../fixtures/shared.ts';

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

export interface ReferenceModel extends MapModel {
  readonly input: string;
  readonly fixedBatch: boolean;
  readonly layers: readonly (MapLayer & { readonly name: string })[];
}

interface Described {
  readonly onnx: Readonly<
    Record<
      string,
      {
        readonly layers: Readonly<Record<string, { readonly tensor: string }>>;
        readonly output_is: string;
        readonly input: string;
        readonly output: string;
      }
    >
  >;
}

export async function openReference(
  file: string,
  model: string,
  runtime: Runtime,
  x: Tensor,
): Promise<ReferenceModel> {
  const described = JSON.parse(readFileSync(sharedFixture(`${model}.json`), 'utf8')) as Described;
  const { layers, input, output, output_is } = described.onnx[file]!;
  const { graph } = await loadModel(sharedFixture(file));
  const last = graph.nodes.find((node) => node.outputs.includes(output))!;
  const fixedBatch = typeof graph.inputs[0]!.dims[0] === 'number';
  const shapes = await probeShapes(graph, runtime, { [input]: rows(x, 0, fixedBatch ? 1 : 2) });
  return {
    graph,
    shapes,
    input,
    fixedBatch,
    logits: output_is === 'softmax' ? last.inputs[0]! : output,
    layers: Object.entries(layers).map(([name, layer]) => {
      const { tensor } = typeof layer === 'string' ? { tensor: layer } : layer;
      const feature = shapes.dims(tensor)!.length === 4 ? 2 : null;
      return { name, tensor, axes: { channel: 1, feature, time: feature === null ? 2 : 3 } };
    }),
  };
}

/** Instances from..to of a float32 tensor. */
export function rows(source: Tensor, from: number, to: number): Tensor {
  const width = source.data.length / source.dims[0]!;
  return float32(
    [to - from, ...source.dims.slice(1)],
    Float32Array.from(source.data as Float32Array).subarray(from * width, to * width),
  );
}

/** Reads arrays of `<model>.ref.npz` by name. */
export function readReference(model: string): (name: string) => Tensor {
  const npz = readNpz(readFileSync(sharedFixture(`${model}.ref.npz`)), `${model}.ref.npz`);
  return (name) => {
    const array = npz.get(name);
    if (array === undefined || array.dtype === 'text')
      throw new Error(`${model}.ref.npz has no numbers "${name}"`);
    return array;
  };
}
