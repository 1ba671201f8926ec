import assert from 'node:assert/strict';
import { supportedOperators } from '../../../src/graph/gradient/registry.ts';
import { openOnnxRuntimeNode } from '../../../src/runtime/onnxRuntimeNode.ts';
import { openOnnxRuntimeWeb } from '../../../src/runtime/onnxRuntimeWeb.ts';
import type { Runtime } from '../../../src/runtime/runtime.ts';
import { activationCases } from './cases/activation.ts';
import { convCases } from './cases/conv.ts';
import { elementwiseCases } from './cases/elementwise.ts';
import { matmulCases } from './cases/matmul.ts';
import { normCases } from './cases/norm.ts';
import { poolCases } from './cases/pool.ts';
import { recurrentCases } from './cases/recurrent.ts';
import { reduceCases } from './cases/reduce.ts';
import { shapeCases } from './cases/shape.ts';
import { compareGradient } from './finiteDifferences.ts';
import { inputOf } from './opCase.ts';

const families = {
  activation: activationCases,
  convolution: convCases,
  'element by element': elementwiseCases,
  'matrix product': matmulCases,
  normalisation: normCases,
  pooling: poolCases,
  recurrence: recurrentCases,
  reduction: reduceCases,
  'shape and selection': shapeCases,
};

for (const [name, open] of Object.entries({ native: openOnnxRuntimeNode, wasm: openOnnxRuntimeWeb })) {
  describe(`gradient rules against central finite differences, ${name}`, () => {
    let runtime: Runtime;
    before(async () => {
      runtime = await open();
    });

    for (const [family, cases] of Object.entries(families)) {
      describe(family, () => {
        for (const one of cases) {
          it(one.title, async () => {
            const { error } = await compareGradient(runtime, one.graph, inputOf(one));
            assert.ok(error < 2e-3, `largest difference is ${error} of the largest gradient`);
          });
        }
      });
    }
  });
}

describe('gradient rules', () => {
  it('are each held against finite differences', () => {
    const tested = new Set(
      Object.values(families)
        .flat()
        .flatMap((one) => one.graph.nodes.map((node) => node.op)),
    );
    assert.deepEqual(
      supportedOperators().filter((op) => !tested.has(op)),
      [],
    );
  });
});
