import assert from 'node:assert/strict';
import { type MapOptions, mapGraph } from '../../../src/attribution/mapGraph.ts';
import type { ClassifierInput } from '../../../src/graph/classifier.ts';
import { float32, int64, numbers, type Tensor } from '../../../src/graph/tensor.ts';
import { openOnnxRuntimeNode } from '../../../src/runtime/onnxRuntimeNode.ts';
import { openOnnxRuntimeWeb } from '../../../src/runtime/onnxRuntimeWeb.ts';
import { runInBatches } from '../../../src/runtime/runInBatches.ts';
import type { Runtime, Session, Tensors } from '../../../src/runtime/runtime.ts';
import { describeShared } from '../../fixtures/shared.ts';
import { openReference, REFERENCE_FILES, readReference } from './referenceModel.ts';

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
        const { classifier, layers } = await openReference(file, model, runtime, reference('x').dims[2]!);
        for (const { name, layer } of layers) {
          for (const { key, options } of VARIANTS) {
            const session = await runtime.load(mapGraph(classifier, layer, options));
            await compare(session, classifier.input, options, reference, { layer: name, key });
            await session.dispose();
          }
        }
      });
    }
  });
}

async function compare(
  session: Session,
  input: ClassifierInput,
  options: MapOptions,
  reference: (name: string) => Tensor,
  { layer, key }: { readonly layer: string; readonly key: string },
): Promise<void> {
  const x = reference('x');
  const run = (targets: readonly number[]) => {
    const feeds: Tensors = {
      [input.name]: x,
      attribution_target: int64([6], targets),
      ...(options.maskedAlpha ? { attribution_mask: maskOf(reference('L'), x.dims[2]!) } : {}),
    };
    const batch =
      input.batch === null
        ? ({ kind: 'upTo', size: 64 } as const)
        : ({ kind: 'fixed', size: input.batch } as const);
    return runInBatches(session, feeds, batch);
  };
  for (const column of [0, 1]) {
    const found = await run(numbers(reference('targets')).filter((_, i) => i % 2 === column));
    const what = `${layer}|${key}, target column ${column}`;
    assertClose(found.attribution_logits!, reference('logits'), `${what}: logits`);
    assertClose(found.attribution_map!, columnOf(reference(`${layer}|${key}`), column), what);
    if (options.method === 'gradcam' && !options.maskedAlpha) {
      assertClose(found.attribution_alpha!, columnOf(reference(`${layer}|alpha`), column), `${what}: alpha`);
    }
    if (column === 0) {
      const predicted = await run(Array(6).fill(-1));
      assert.deepEqual(
        predicted.attribution_map,
        found.attribution_map,
        `${what}: -1 is the predicted class`,
      );
    }
  }
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
  assert.ok(worst <= TOLERANCE * largest, `${what}: off by ${worst / largest} of the largest value`);
}
