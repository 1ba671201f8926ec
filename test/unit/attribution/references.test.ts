import assert from 'node:assert/strict';
import { type MapLayer, type MapOptions, mapGraph } from '../../../src/attribution/mapGraph.ts';
import { float32, int64, numbers, type Tensor } from '../../../src/graph/tensor.ts';
import { openOnnxRuntimeNode } from '../../../src/runtime/onnxRuntimeNode.ts';
import { openOnnxRuntimeWeb } from '../../../src/runtime/onnxRuntimeWeb.ts';
import { runInBatches } from '../../../src/runtime/runInBatches.ts';
import type { Runtime, Tensors } from '../../../src/runtime/runtime.ts';
import { describeShared } from '../../fixtures/shared.ts';
import { openReference, REFERENCE_FILES, type ReferenceModel, readReference } from './referenceModel.ts';

const TOLERANCE = 1e-4;

const VARIANTS: readonly { readonly key: string; readonly options: MapOptions }[] = [
  { key: 'gradcam', options: { method: 'gradcam', relu: false, maskedAlpha: false } },
  { key: 'gradcam_relu', options: { method: 'gradcam', relu: true, maskedAlpha: false } },
  { key: 'gradcam_maskalpha', options: { method: 'gradcam', relu: false, maskedAlpha: true } },
  { key: 'hirescam', options: { method: 'hirescam', relu: false, maskedAlpha: false } },
];

for (const [title, open] of Object.entries({ native: openOnnxRuntimeNode, wasm: openOnnxRuntimeWeb })) {
  describeShared(`maps of the reference models, ${title}`, () => {
    let runtime: Runtime;
    before(async () => {
      runtime = await open();
    });

    for (const { file, model } of REFERENCE_FILES) {
      it(`${file}: all layers, methods and targets`, async function () {
        this.timeout(120_000);
        const reference = readReference(model);
        const opened = await openReference(file, model, runtime, reference('x'));
        for (const layer of opened.layers) {
          for (const { key, options } of VARIANTS) {
            await compare(runtime, opened, layer, options, reference, `${layer.name}|${key}`);
          }
        }
      });
    }
  });
}

async function compare(
  runtime: Runtime,
  model: ReferenceModel,
  layer: MapLayer & { readonly name: string },
  options: MapOptions,
  reference: (name: string) => Tensor,
  key: string,
): Promise<void> {
  const session = await runtime.load(mapGraph(model, layer, options));
  const x = reference('x');
  const targets = reference('targets');
  const batch = model.fixedBatch
    ? ({ kind: 'fixed', size: 1 } as const)
    : ({ kind: 'upTo', size: 64 } as const);
  for (const column of [0, 1]) {
    const feeds: Tensors = {
      [model.input]: x,
      attribution_target: int64(
        [6],
        numbers(targets).filter((_, i) => i % 2 === column),
      ),
      ...(options.maskedAlpha ? { attribution_mask: maskOf(reference('L'), x.dims.at(-1)!) } : {}),
    };
    const found = await runInBatches(session, feeds, batch);
    const what = `${key}, target column ${column}`;
    assertClose(found.attribution_logits!, reference('logits'), `${what}: logits`);
    assertClose(found.attribution_map!, columnOf(reference(key), column), what);
    if (options.method === 'gradcam' && !options.maskedAlpha) {
      assertClose(
        found.attribution_alpha!,
        columnOf(reference(`${layer.name}|alpha`), column),
        `${what}: alpha`,
      );
    }
    if (column === 0) {
      const predicted = await runInBatches(
        session,
        { ...feeds, attribution_target: int64([6], Array(6).fill(-1)) },
        batch,
      );
      assert.deepEqual(
        predicted.attribution_map,
        found.attribution_map,
        `${what}: -1 is the predicted class`,
      );
    }
  }
  await session.dispose();
}

/** [N, T]: 1 on the first L steps. */
function maskOf(lengths: Tensor, steps: number): Tensor {
  const values = numbers(lengths).flatMap((length) =>
    Array.from({ length: steps }, (_, t) => (t < length ? 1 : 0)),
  );
  return float32([lengths.dims[0]!, steps], values);
}

/** [6, 2, P…] → [6, P…] */
function columnOf(both: Tensor, column: number): Tensor {
  const [n, columns, ...rest] = both.dims as [number, number, ...number[]];
  const width = both.data.length / n / columns;
  const values = numbers(both).filter((_, i) => Math.floor(i / width) % columns === column);
  return float32([n, ...rest], values);
}

function assertClose(found: Tensor, expected: Tensor, what: string): void {
  assert.deepEqual(found.dims, expected.dims, what);
  const wanted = numbers(expected);
  const largest = wanted.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const worst = numbers(found).reduce((most, value, i) => Math.max(most, Math.abs(value - wanted[i]!)), 0);
  if (process.env.SHOW) console.log((worst / largest).toExponential(1), what);
  assert.ok(worst <= TOLERANCE * largest, `${what}: off by ${worst / largest} of the largest value`);
}
