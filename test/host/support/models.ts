import { readFileSync } from 'node:fs';
import { readOnnx } from '../../../src/formats/onnx/readOnnx.ts';
import { writeOnnx } from '../../../src/formats/onnx/writeOnnx.ts';
import type { Graph } from '../../../src/graph/graph.ts';
import { float32 } from '../../../src/graph/tensor.ts';
import { put, tinyFixture } from './files.ts';

/** Replaces the model of a scratch folder by a changed copy of the tiny one. */
export function changeModel(folder: string, change: (graph: Graph) => Graph): void {
  const graph = readOnnx(readFileSync(tinyFixture('tiny.onnx')));
  put(folder, 'tiny.onnx', writeOnnx(change(graph)));
}

/** A convolution that no runtime and no rule knows. */
export function strangeOperator(graph: Graph): Graph {
  let replaced = false;
  const nodes = graph.nodes.map((node) => {
    if (replaced || node.op !== 'Relu') return node;
    replaced = true;
    return { ...node, op: 'Frobnicate', name: '/strange' };
  });
  return { ...graph, nodes };
}

/** Weights that a broken training leaves behind. */
export function notANumber(graph: Graph): Graph {
  const constants = new Map(
    [...graph.constants].map(([name, tensor]) =>
      tensor.dtype === 'float32'
        ? [name, float32(tensor.dims, new Float32Array(tensor.data.length).fill(Number.NaN))]
        : [name, tensor],
    ),
  );
  return { ...graph, constants };
}

/** A model that gives a feature map and no classes. */
export function noClassifier(graph: Graph): Graph {
  const inner = graph.nodes.find((node) => node.op === 'Conv')!.outputs[0]!;
  return { ...graph, outputs: [{ name: inner, dtype: 'float32', dims: ['batch', null, null, null] }] };
}

/** The graph asks for more memory than any machine has. */
export function giantShape(graph: Graph): Graph {
  const inputs = graph.inputs.map((input) => ({ ...input, dims: ['batch', 4, 2 ** 40] }));
  return { ...graph, inputs };
}
