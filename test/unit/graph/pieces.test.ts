import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readOnnx } from '../../../src/formats/onnx/readOnnx.ts';
import type { Graph } from '../../../src/graph/graph.ts';
import { piecesOf } from '../../../src/graph/pieces.ts';
import { probedDims } from '../../../src/graph/probedDims.ts';
import type { Runtime, Tensors } from '../../../src/graph/runtime.ts';
import { elementCount, float32 } from '../../../src/graph/tensor.ts';
import { openOnnxRuntimeNode } from '../../../src/runtime/onnxRuntimeNode.ts';
import { root } from '../../workbench/folders.ts';
import { gridValues } from '../gradient/opCase.ts';

const FILES = [
  'media/sample/models/xcm.onnx',
  'test/fixtures/zoo/minirocket.legacy17.onnx',
  'test/fixtures/values/scripted_if.onnx',
  'test/fixtures/values/if_on_values_free.onnx',
  'test/fixtures/values/siblings/argmax_end_old_free.onnx',
  'test/fixtures/exported/image.opset13.onnx',
];

const opened = (file: string) => readOnnx(readFileSync(join(root, file)));

function feedsOf({ inputs: [input] }: Graph, instances: number): Tensors {
  const dims = input!.dims.map((dim, axis) => (typeof dim === 'number' ? dim : axis === 0 ? instances : 40));
  return { [input!.name]: float32(dims, gridValues(elementCount(dims), 5)) };
}

/** Counts what is loaded. */
function counted(runtime: Runtime, sizes: number[]): Runtime {
  return {
    ...runtime,
    load: (graph, options) => {
      sizes.push(graph.nodes.length);
      return runtime.load(graph, options);
    },
  };
}

describe('shapes of a graph that is run in pieces', () => {
  for (const file of FILES) {
    it(`are those of the whole: ${file}`, async () => {
      const graph = opened(file);
      const runtime = await openOnnxRuntimeNode();
      const free = typeof graph.inputs[0]!.dims[0] !== 'number';
      const runs = (free ? [2, 3] : [1]).map((instances) => feedsOf(graph, instances));
      const sizes: number[] = [];
      const whole = await probedDims(graph, runtime, runs, graph.nodes.length);
      const parts = await probedDims(graph, counted(runtime, sizes), runs, 3);
      assert.equal(sizes.length, Math.ceil(graph.nodes.length / 3));
      for (const [run, dims] of whole.seen.entries()) {
        const [a, b] = [dims, parts.seen[run]!].map((one) => Object.fromEntries([...one].sort()));
        assert.deepEqual(b, a);
      }
      for (const [name, { dims, data }] of Object.entries(whole.outputs)) {
        assert.deepEqual(parts.outputs[name]!.dims, dims);
        // Another layout in memory between two convolutions rounds otherwise.
        data.forEach((value, i) => {
          const difference = Math.abs(Number(value) - Number(parts.outputs[name]!.data[i]));
          assert.ok(!(difference > 1e-5 * Math.max(1, Math.abs(Number(value)))), `${name} ${i}`);
        });
      }
    });
  }

  it('is one piece where it is small', () => {
    const graph = opened(FILES[0]!);
    assert.deepEqual(piecesOf(graph, graph.nodes.length), [{ graph, reads: [], gives: graph.outputs }]);
  });
});
