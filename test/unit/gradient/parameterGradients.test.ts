import assert from 'node:assert/strict';
import { GraphBuilder } from '../../../src/graph/builder.ts';
import { appendGradients } from '../../../src/graph/gradient/appendGradient.ts';
import { isFlat } from '../../../src/graph/gradient/flat.ts';
import type { Graph } from '../../../src/graph/graph.ts';
import { liveNodes } from '../../../src/graph/liveNodes.ts';
import { parametersAsInputs } from '../../../src/graph/parameters.ts';
import type { Runtime, Tensors } from '../../../src/graph/runtime.ts';
import { probeShapes } from '../../../src/graph/shapes.ts';
import { float32, numbers, type Tensor } from '../../../src/graph/tensor.ts';
import { openOnnxRuntimeNode } from '../../../src/runtime/onnxRuntimeNode.ts';
import { openOnnxRuntimeWeb } from '../../../src/runtime/onnxRuntimeWeb.ts';
import { FAMILIES } from './allCases.ts';
import { randomSeed } from './finiteDifferences.ts';
import { inputOf, type OpCase } from './opCase.ts';

const STEP = 1 / 64;
/** Every element up to so many of each parameter. */
const MOST = 12;

/** What the gradient is not taken of: it is no weight of a layer, or has no gradient by its meaning. */
const NO_PARAMETER = new Set([
  ...['Pow 1', 'Mod 1', 'Clip 1', 'Clip 2', 'Resize 1', 'Resize 2', 'Upsample 1', 'Pad 2', 'Dropout 1'],
  ...['Attention 3', 'Attention 4', 'Attention 5', 'CastLike 1', 'OneHot 2', 'Range 1'],
]);

for (const [name, open] of Object.entries({ native: openOnnxRuntimeNode, wasm: openOnnxRuntimeWeb })) {
  describe(`gradients of parameters against central finite differences, ${name}`, () => {
    let runtime: Runtime;
    before(async () => {
      runtime = await open();
    });

    for (const [family, cases] of Object.entries(FAMILIES)) {
      const withParameters = cases.filter(
        (one) => parametersOf(one.graph).length > 0 && !one.title.startsWith('a step function'),
      );
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

/** Float constants that some node reads as what it may differentiate. */
function parametersOf(graph: Graph): string[] {
  return [...graph.constants.keys()].filter((name) => {
    const value = graph.constants.get(name)!;
    const readers = liveNodes(graph.nodes, ['y']).flatMap((node) =>
      node.inputs.flatMap((input, index) => (input === name ? [{ node, index }] : [])),
    );
    const differentiated = readers.every(
      ({ node, index }) => !NO_PARAMETER.has(`${node.op} ${index}`) && !isFlat(node),
    );
    return value.dtype === 'float32' && readers.length > 0 && differentiated;
  });
}

async function errors(runtime: Runtime, one: OpCase): Promise<[string, number][]> {
  const x = inputOf(one);
  const shapes = await probeShapes(one.graph, runtime, { x });
  const seed = randomSeed(shapes.dims('y')!);
  const names = parametersOf(one.graph);
  const values = new Map(names.map((name) => [name, one.graph.constants.get(name)!]));
  const open = parametersAsInputs(one.graph, names);
  const builder = new GraphBuilder(open);
  const from = { tensor: 'y', gradient: 'seed' };
  builder.input({ name: 'seed', dtype: 'float32', dims: seed.dims.map(() => null) });
  const gradients = appendGradients(builder, { shapes, from, at: names });
  const backward = await runtime.load(
    builder.build(gradients.map((name) => ({ name, dtype: 'float32', dims: [] }))),
  );
  const feeds: Tensors = { x, ...Object.fromEntries(values) };
  const found = await backward.run({ ...feeds, seed });
  await backward.dispose();
  const forward = await runtime.load(open);
  const result: [string, number][] = [];
  for (const [i, name] of names.entries()) {
    const value = values.get(name)!;
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
