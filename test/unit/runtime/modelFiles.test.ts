import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { loadModel } from '../../../src/formats/loadModel.ts';
import type { Graph } from '../../../src/graph/graph.ts';
import type { Runtime, Tensors } from '../../../src/graph/runtime.ts';
import { elementCount, float32, numbers, type Tensor } from '../../../src/graph/tensor.ts';
import { openOnnxRuntimeNode } from '../../../src/runtime/onnxRuntimeNode.ts';
import { referenceFolders } from '../../fixtures/referenceFile.ts';
import { root } from '../../workbench/folders.ts';
import { randomNumbers } from '../gradient/opCase.ts';
import { TFJS_RUNTIMES } from './allRuntimes.ts';

const TOLERANCE = 1e-4;
/** Every model in the repository, and those that other people's tools wrote, whatever the format. */
const MODELS = [
  ...modelsIn(join(root, 'test/fixtures')),
  ...modelsIn(join(root, 'media/sample/models')),
  ...referenceFolders().flatMap(modelsIn),
];

/** Its operators are ONNX Runtime's. */
const QUANTISED = /tiny[\\/]quantised\.onnx$/;

for (const { id, open } of TFJS_RUNTIMES) {
  describe(`every model file, ${id} against onnxruntime-node`, () => {
    let runtime: Runtime;
    let native: Runtime;
    before(async function () {
      runtime = await open(this);
      native = await openOnnxRuntimeNode();
    });

    for (const path of MODELS) {
      it(relative(root, path), async function () {
        this.timeout(60_000);
        const { graph } = await loadModel(path);
        if (QUANTISED.test(path)) {
          await assert.rejects(runtime.load(graph), /does not know the operator DynamicQuantizeLinear/);
          return;
        }
        const feeds = feedsOf(graph);
        const [wanted, found] = [await answers(native, graph, feeds), await answers(runtime, graph, feeds)];
        for (const { name } of graph.outputs) assertClose(found[name]!, wanted[name]!, name);
      });
    }
  });
}

function modelsIn(folder: string): string[] {
  return (
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.(onnx|keras|h5)$|(^|[\\/])model\.json$/.test(file))
      // A graph model of an LSTM is control flow: it is refused, and no runtime sees it.
      .filter((file) => !/tfjs[\\/]recurrent[\\/]/.test(file))
      // Those of the hostile files that do harm, or load nothing, are refused before any runtime sees them.
      .filter((file) => !/hostile[\\/](?!escape_names|markup|plain)/.test(file))
      .sort()
      .map((file) => join(folder, file))
  );
}

/** Two series, or as many as the model takes; free steps are 40. */
function feedsOf(graph: Graph): Tensors {
  const random = randomNumbers(3);
  return Object.fromEntries(
    graph.inputs.map(({ name, dims }) => {
      const sizes = dims.map((dim, axis) => (typeof dim === 'number' ? dim : axis === 0 ? 2 : 40));
      const values = Float32Array.from({ length: elementCount(sizes) }, () => random() * 4 - 2);
      return [name, float32(sizes, values)];
    }),
  );
}

async function answers(runtime: Runtime, graph: Graph, feeds: Tensors): Promise<Tensors> {
  const session = await runtime.load(graph);
  try {
    return await session.run(feeds);
  } finally {
    await session.dispose();
  }
}

function assertClose(found: Tensor, wanted: Tensor, what: string): void {
  assert.deepEqual([found.dtype, found.dims], [wanted.dtype, wanted.dims], what);
  const [a, b] = [numbers(found), numbers(wanted)];
  const largest = b.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const worst = a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), 0);
  assert.ok(worst <= TOLERANCE * largest, `${what} is off by ${worst / largest} of the largest value`);
}
