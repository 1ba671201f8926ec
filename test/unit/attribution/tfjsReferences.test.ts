import assert from 'node:assert/strict';
import { explainPrepared, type InstanceMap } from '../../../src/attribution/explainInstances.ts';
import { openMethod } from '../../../src/attribution/methodSession.ts';
import type { MethodId } from '../../../src/attribution/methods.ts';
import type { Runtime } from '../../../src/graph/runtime.ts';
import { elementCount, numbers, type Tensor } from '../../../src/graph/tensor.ts';
import { relativeDifference } from '../../fixtures/reference.ts';
import { TFJS_RUNTIMES } from '../runtime/allRuntimes.ts';
import { openReference, preparedOf, REFERENCE_FILES, readReference } from './referenceModel.ts';

const TOLERANCE = 1e-4;
/** Key of the reference, and the method. At every layer, and those at the first layer only. */
const EVERYWHERE = [
  ['gradcam', 'gradcam'],
  ['hirescam', 'hirescam'],
] as const satisfies readonly (readonly [string, MethodId])[];
const ONCE = [
  ['gradcampp_noeps', 'gradcampp'],
  ['layercam', 'layercam'],
  ['xgradcam', 'xgradcam'],
] as const satisfies readonly (readonly [string, MethodId])[];
/** Few, because WebAssembly on one thread takes its time: two for the predicted class, one for the other. */
const INSTANCES = [0, 1];

for (const { id, open } of TFJS_RUNTIMES) {
  describe(`maps of the reference models, ${id}`, () => {
    let runtime: Runtime;
    before(async function () {
      runtime = await open(this);
    });

    for (const { file, model } of REFERENCE_FILES) {
      it(`${file}: logits and maps of every layer`, async function () {
        this.timeout(120_000);
        const reference = readReference(model);
        const prepared = preparedOf(reference('x'), numbers(reference('L')));
        const { classifier, layers } = await openReference(file, model, runtime, prepared[0]!.steps);
        for (const [i, { name, layer }] of layers.entries()) {
          for (const [key, method] of i === 0 ? [...EVERYWHERE, ...ONCE] : EVERYWHERE) {
            const options = { method, relu: false, maskedAlpha: false };
            const session = openMethod((graph) => runtime.load(graph), classifier, layer, options);
            const explain = (target: number, instances: readonly number[]) =>
              explainPrepared({
                model: classifier,
                layer,
                options,
                session,
                target,
                prepared: instances.map((n) => prepared[n]!),
              });
            const [n, ...others] = INSTANCES as [number, ...number[]];
            const found = await explain(-1, INSTANCES);
            for (const [at, instance] of [n, ...others].entries()) {
              compare(reference, `${name}|${key}`, instance, 0, found[at]!);
            }
            const [other] = await explain(numbers(reference('targets'))[n * 2 + 1]!, [n]);
            compare(reference, `${name}|${key}`, n, 1, other!);
            await session.dispose();
          }
        }
      });
    }
  });
}

function compare(
  reference: (name: string) => Tensor,
  key: string,
  n: number,
  column: number,
  found: InstanceMap,
): void {
  const what = `${key}, instance ${n}, target column ${column}`;
  assert.ok(relativeDifference(found.logits, row(reference('logits'), [n])) <= TOLERANCE, `${what}: logits`);
  const off = relativeDifference(found.native.values, row(reference(key), [n, column]));
  assert.ok(off <= TOLERANCE, `${what}: off by ${off} of the largest value`);
}

/** Values at the first places of a tensor. */
function row({ data, dims }: Tensor, at: readonly number[]): number[] {
  const width = elementCount(dims.slice(at.length));
  const start = at.reduce((sum, index, axis) => sum * dims[axis]! + index, 0) * width;
  return Array.from(data.subarray(start, start + width) as Float32Array);
}
