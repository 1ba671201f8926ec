import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { loadModel } from '../../../src/formats/loadModel.ts';
import type { Graph } from '../../../src/graph/graph.ts';
import type { Runtime } from '../../../src/graph/runtime.ts';
import { probeShapes } from '../../../src/graph/shapes.ts';
import { elementCount, float32, numbers, type Tensor } from '../../../src/graph/tensor.ts';
import { openOnnxRuntimeNode } from '../../../src/runtime/onnxRuntimeNode.ts';
import { randomNumbers } from '../gradient/opCase.ts';

const folder = (name: string) => fileURLToPath(new URL(`../../fixtures/${name}/`, import.meta.url));
const models = ['values', 'values/siblings', 'exported', 'tiny', 'zoo'].flatMap((name) =>
  readdirSync(folder(name))
    .filter((file) => file.endsWith('.onnx'))
    .map((file) => folder(name) + file),
);

/** Random, and two that end in zeros: other lengths, other branches, other places. */
function inputs(dims: readonly number[]): Tensor[] {
  const random = randomNumbers(7);
  const values = Float32Array.from({ length: elementCount(dims) }, () => random() * 2 - 1);
  const steps = dims.at(-1)!;
  const half = values.map((value, i) => (i % steps < steps / 2 ? value + 1 : 0));
  const most = values.map((value, i) => (i % steps < steps - 2 ? value - 1 : 0));
  return [values, half, most].map((data) => float32(dims, data));
}

async function everything(runtime: Runtime, graph: Graph, x: Tensor) {
  const names = graph.nodes.flatMap((node) => node.outputs.filter((name) => name !== ''));
  const outputs = names.map((name) => ({ name, dtype: null, dims: [] }));
  const session = await runtime.load({ ...graph, outputs }, { optimize: false });
  try {
    return await session.run({ [graph.inputs[0]!.name]: x }, names);
  } finally {
    await session.dispose();
  }
}

describe('what is followed from the values', function () {
  this.timeout(60_000);
  let runtime: Runtime;
  before(async () => {
    runtime = await openOnnxRuntimeNode();
  });

  it('is never less than what really moves: known whole numbers and fixed lengths are the same for every input', async () => {
    let [known, loose] = [0, 0];
    for (const path of models) {
      const { graph } = await loadModel(path);
      const [input, ...more] = graph.inputs;
      if (more.length > 0 || input?.dtype !== 'float32') continue;
      const dims = input.dims.map((dim, axis) => (typeof dim === 'number' ? dim : axis === 0 ? 1 : 24));
      const [first, ...others] = inputs(dims);
      const shapes = await probeShapes(graph, runtime, { [input.name]: first! }).catch(() => undefined);
      if (shapes === undefined) continue;
      for (const x of others) {
        const seen = await everything(runtime, graph, x);
        for (const [name, value] of Object.entries(seen)) {
          const integers = shapes.integers(name);
          if (integers !== undefined) assert.deepEqual(numbers(value), [...integers], `${path} ${name}`);
          if (integers !== undefined) known++;
          value.dims.forEach((dim, axis) => {
            if (shapes.lengths(name).has(axis)) loose++;
            else assert.equal(dim, shapes.dims(name)![axis], `${path} ${name} axis ${axis}`);
          });
        }
      }
    }
    assert.ok(known > 500 && loose > 50, `${known} known, ${loose} loose`);
  });
});
