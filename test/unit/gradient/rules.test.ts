import assert from 'node:assert/strict';
import { supportedOperators } from '../../../src/graph/gradient/registry.ts';
import type { Runtime } from '../../../src/graph/runtime.ts';
import { openOnnxRuntimeNode } from '../../../src/runtime/onnxRuntimeNode.ts';
import { openOnnxRuntimeWeb } from '../../../src/runtime/onnxRuntimeWeb.ts';
import { FAMILIES } from './allCases.ts';
import { compareGradient } from './finiteDifferences.ts';
import { inputOf } from './opCase.ts';

for (const [name, open] of Object.entries({ native: openOnnxRuntimeNode, wasm: openOnnxRuntimeWeb })) {
  describe(`gradient rules against central finite differences, ${name}`, () => {
    let runtime: Runtime;
    before(async () => {
      runtime = await open();
    });

    for (const [family, cases] of Object.entries(FAMILIES)) {
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
      Object.values(FAMILIES)
        .flat()
        .flatMap((one) => one.graph.nodes.map((node) => node.op)),
    );
    assert.deepEqual(
      supportedOperators().filter((op) => !tested.has(op)),
      [],
    );
  });
});
