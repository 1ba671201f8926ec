import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { mapGraph } from '../../../../src/attribution/mapGraph.ts';
import { readNpz } from '../../../../src/data/numpy/readNpz.ts';
import { loadModel } from '../../../../src/formats/loadModel.ts';
import { GraphBuilder } from '../../../../src/graph/builder.ts';
import { type Classifier, describeClassifier } from '../../../../src/graph/classifier.ts';
import { appendGradient } from '../../../../src/graph/gradient/appendGradient.ts';
import { layerOrTensor } from '../../../../src/graph/layerOrTensor.ts';
import type { Runtime } from '../../../../src/graph/runtime.ts';
import { elementCount, float32, int64, numbers, type Tensor } from '../../../../src/graph/tensor.ts';
import { openOnnxRuntimeNode } from '../../../../src/runtime/onnxRuntimeNode.ts';
import { openOnnxRuntimeWeb } from '../../../../src/runtime/onnxRuntimeWeb.ts';
import { runInBatches } from '../../../../src/runtime/runInBatches.ts';
import { relativeDifference } from '../../../fixtures/reference.ts';

const folder = join(import.meta.dirname, '../../../fixtures/pt2');
const names = readdirSync(folder)
  .filter((name) => name.endsWith('.pt2'))
  .map((name) => name.replace('.pt2', ''));

interface Card {
  readonly layers: Readonly<Record<string, { readonly axes: Readonly<Record<string, number>> }>>;
}

for (const [runtimeName, open] of Object.entries({ native: openOnnxRuntimeNode, wasm: openOnnxRuntimeWeb })) {
  describe(`torch.export programs against PyTorch, ${runtimeName}`, () => {
    let runtime: Runtime;
    before(async () => {
      runtime = await open();
    });

    for (const name of names) {
      it(name, async function () {
        this.timeout(60_000);
        const archive = readNpz(readFileSync(join(folder, `${name}.ref.npz`)), name);
        const reference = (key: string): Tensor => {
          const array = archive.get(key);
          assert.ok(array && array.dtype !== 'text', key);
          return array;
        };
        const card: Card = JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'));
        const { graph } = await loadModel(join(folder, `${name}.pt2`));
        const x = reference('x');
        const classifier = await describeClassifier(graph, runtime, { layout: 'NFT', steps: x.dims[2] });
        const predicted = numbers(reference('predicted'));
        const close = (what: string, found: Tensor, key: string) => {
          const off = relativeDifference(numbers(found), numbers(reference(key)));
          assert.ok(off <= 1e-4, `${what} is off by ${off}`);
        };
        const logits = await run(
          runtime,
          classifier,
          { ...classifier.graph, outputs: [info(classifier.logits)] },
          x,
          {},
        );
        close('logits', logits[classifier.logits]!, 'logits');
        const builder = new GraphBuilder(classifier.graph);
        const seed = builder.input({ name: 'seed', dtype: 'float32', dims: [null, null] });
        const gradient = appendGradient(builder, {
          shapes: classifier.shapes,
          from: { tensor: classifier.logits, gradient: seed },
          at: classifier.input.name,
        });
        const hot = predicted.flatMap((c) =>
          Array.from({ length: classifier.classes }, (_, i) => (i === c ? 1 : 0)),
        );
        const saliency = await run(runtime, classifier, builder.build([info(gradient)]), x, {
          seed: float32([predicted.length, classifier.classes], hot),
        });
        close('saliency', saliency[gradient]!, 'saliency');
        for (const path of Object.keys(card.layers)) {
          const layer = layerOrTensor(classifier, path);
          for (const method of ['gradcam', 'hirescam'] as const) {
            if (!archive.names.includes(`${path}|${method}`)) continue;
            const maps = mapGraph(classifier, layer, { method, relu: false, maskedAlpha: false });
            const found = await run(runtime, classifier, maps, x, {
              attribution_target: int64([predicted.length], predicted),
            });
            close(`${method} at ${path}`, found.attribution_map!, `${path}|${method}`);
          }
        }
      });
    }
  });
}

const info = (name: string) => ({ name, dtype: 'float32', dims: [] }) as const;

async function run(
  runtime: Runtime,
  { input }: Classifier,
  graph: Parameters<Runtime['load']>[0],
  x: Tensor,
  more: Readonly<Record<string, Tensor>>,
) {
  const session = await runtime.load(graph);
  const rows = x.dims[0]!;
  assert.equal(elementCount(x.dims), x.data.length);
  const feeds = { [input.name]: x, ...more };
  const found = await runInBatches(
    session,
    feeds,
    input.batch === null ? { kind: 'upTo', size: rows } : { kind: 'fixed', size: input.batch },
  );
  await session.dispose();
  return found;
}
