import assert from 'node:assert/strict';
import type { Runtime } from '../../../src/graph/runtime.ts';
import { float32, numbers, type Tensor } from '../../../src/graph/tensor.ts';
import { openOnnxRuntimeNode } from '../../../src/runtime/onnxRuntimeNode.ts';
import { openOnnxRuntimeWeb } from '../../../src/runtime/onnxRuntimeWeb.ts';
import { FAMILIES } from './allCases.ts';
import type { OpCase } from './opCase.ts';
import { movedByParameters, parameterGradients, parametersOf } from './parameterCase.ts';

const STEP = 1 / 64;
/** Every element up to so many of each parameter. */
const MOST = 12;

for (const [name, open] of Object.entries({ native: openOnnxRuntimeNode, wasm: openOnnxRuntimeWeb })) {
  describe(`gradients of parameters against central finite differences, ${name}`, () => {
    let runtime: Runtime;
    before(async () => {
      runtime = await open();
    });

    for (const [family, cases] of Object.entries(FAMILIES)) {
      const withParameters = movedByParameters(cases);
      if (withParameters.length === 0) continue;
      describe(family, () => {
        for (const one of withParameters) {
          it(`${one.title}: ${parametersOf(one.graph).join(', ')}`, async () => {
            for (const [parameter, error] of await errors(runtime, one)) {
              assert.ok(error < 3e-3, `${parameter} is off by ${error} of its largest gradient`);
            }
          });
        }
      });
    }
  });
}

async function errors(runtime: Runtime, one: OpCase): Promise<[string, number][]> {
  const { open, names, gradients, feeds, seed, found } = await parameterGradients(runtime, one);
  const forward = await runtime.load(open);
  const result: [string, number][] = [];
  for (const [i, name] of names.entries()) {
    const value = feeds[name]!;
    const analytic = found[gradients[i]!]!;
    assert.deepEqual(analytic.dims, value.dims, `the gradient of ${name} has other dims`);
    let [worst, largest] = [0, 1e-6];
    const every = Math.max(1, Math.ceil(value.data.length / MOST));
    for (let at = 0; at < value.data.length; at += every) {
      const of = async (by: number) => {
        const { y } = await forward.run({ ...feeds, [name]: moved(value, at, by) });
        return numbers(y!).reduce((sum, v, j) => sum + v * Number(seed.data[j]), 0);
      };
      const numeric = ((await of(STEP)) - (await of(-STEP))) / (2 * STEP);
      worst = Math.max(worst, Math.abs(numeric - Number(analytic.data[at])));
      largest = Math.max(largest, Math.abs(numeric));
    }
    result.push([name, worst / largest]);
  }
  await forward.dispose();
  return result;
}

function moved(value: Tensor, at: number, by: number): Tensor {
  const data = Float32Array.from(value.data as Float32Array);
  data[at]! += by;
  return float32(value.dims, data);
}
