import assert from 'node:assert/strict';
import { supportedOperators } from '../../../src/graph/gradient/registry.ts';
import type { Runtime } from '../../../src/graph/runtime.ts';
import { probeShapes, type Shapes } from '../../../src/graph/shapes.ts';
import { numbers, type Tensor } from '../../../src/graph/tensor.ts';
import { openOnnxRuntimeNode } from '../../../src/runtime/onnxRuntimeNode.ts';
import { isRun } from '../../../src/runtime/tfjs/registry.ts';
import { FAMILIES } from '../gradient/allCases.ts';
import { gradientOf, randomSeed } from '../gradient/finiteDifferences.ts';
import { inputOf, type OpCase } from '../gradient/opCase.ts';
import { TFJS_RUNTIMES } from './allRuntimes.ts';
import { tfjsCases } from './tfjsCases.ts';

const TOLERANCE = 1e-5;

/** Operators with a gradient that tfjs does not run here; such a model is refused by the operator's name. */
const NOT_WITH_TFJS: readonly string[] = [];

for (const { id, open } of TFJS_RUNTIMES) {
  describe(`answers and gradients of every operator case, ${id} against onnxruntime-node`, () => {
    let runtime: Runtime;
    let native: Runtime;
    before(async function () {
      runtime = await open(this);
      native = await openOnnxRuntimeNode();
    });

    for (const [family, cases] of Object.entries(FAMILIES)) {
      describe(family, () => {
        for (const one of cases.filter(runsWithTfjs)) {
          it(one.title, async () => {
            const x = inputOf(one);
            const shapes = await probeShapes(one.graph, native, { x });
            const [wanted, found] = [
              await results(native, one, x, shapes),
              await results(runtime, one, x, shapes),
            ];
            assertClose(found.y, wanted.y, 'y');
            assertClose(found.gradient, wanted.gradient, 'the gradient');
          });
        }
      });
    }

    describe('without a gradient', () => {
      for (const one of tfjsCases) {
        it(one.title, async () => {
          const x = inputOf(one);
          assertClose(await answer(runtime, one, x), await answer(native, one, x), 'y');
        });
      }
    });
  });
}

describe('tfjs', () => {
  it('runs every operator that the gradient can pass, but for those that are named', () => {
    assert.deepEqual(
      supportedOperators().filter((op) => !isRun(op)),
      NOT_WITH_TFJS,
    );
  });
});

function runsWithTfjs(one: OpCase): boolean {
  return one.graph.nodes.every(({ op }) => !NOT_WITH_TFJS.includes(op));
}

async function results(runtime: Runtime, one: OpCase, x: Tensor, shapes: Shapes) {
  const seed = randomSeed(shapes.dims('y')!);
  return {
    y: await answer(runtime, one, x),
    gradient: await gradientOf(runtime, one.graph, shapes, { x, seed }),
  };
}

async function answer(runtime: Runtime, { graph }: OpCase, x: Tensor): Promise<number[]> {
  const session = await runtime.load(graph);
  const { y } = await session.run({ x });
  await session.dispose();
  return numbers(y!);
}

function assertClose(found: readonly number[], wanted: readonly number[], what: string): void {
  assert.equal(found.length, wanted.length, what);
  const largest = wanted.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const worst = found.reduce((most, value, i) => Math.max(most, Math.abs(value - wanted[i]!)), 0);
  assert.ok(worst <= TOLERANCE * largest, `${what} is off by ${worst / largest} of the largest value`);
}
