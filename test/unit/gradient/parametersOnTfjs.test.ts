import assert from 'node:assert/strict';
import type { Runtime } from '../../../src/graph/runtime.ts';
import { numbers } from '../../../src/graph/tensor.ts';
import { openOnnxRuntimeNode } from '../../../src/runtime/onnxRuntimeNode.ts';
import { TFJS_RUNTIMES } from '../runtime/allRuntimes.ts';
import { FAMILIES } from './allCases.ts';
import { movedByParameters, parameterGradients, runOnce } from './parameterCase.ts';

for (const { id, open } of TFJS_RUNTIMES) {
  describe(`gradients of parameters on ${id} are those of ONNX Runtime`, () => {
    let runtime: Runtime;
    let onnx: Runtime;
    before(async function () {
      runtime = await open(this);
      onnx = await openOnnxRuntimeNode();
    });

    for (const [family, cases] of Object.entries(FAMILIES)) {
      const withParameters = movedByParameters(cases);
      if (withParameters.length === 0) continue;
      it(`${family}: ${withParameters.length} cases`, async () => {
        for (const one of withParameters) {
          const { graph, gradients, feeds, seed, found } = await parameterGradients(onnx, one);
          const own = await runOnce(runtime, graph, { ...feeds, seed });
          for (const name of gradients) {
            const [wanted, values] = [numbers(found[name]!), numbers(own[name]!)];
            const largest = Math.max(1e-3, ...wanted.map(Math.abs));
            assert.equal(values.length, wanted.length);
            const off = Math.max(0, ...values.map((value, i) => Math.abs(value - wanted[i]!))) / largest;
            assert.ok(off < 1e-4, `${one.title}: ${name} is off by ${off} of its largest`);
          }
        }
      });
    }
  });
}
