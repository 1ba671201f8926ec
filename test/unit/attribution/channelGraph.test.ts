import assert from 'node:assert/strict';
import { sharesSeries } from '../../../src/attribution/channelGraph.ts';
import { explainPrepared } from '../../../src/attribution/explainInstances.ts';
import type { Graph } from '../../../src/graph/graph.ts';
import type { Runtime } from '../../../src/graph/runtime.ts';
import { openOnnxRuntimeNode } from '../../../src/runtime/onnxRuntimeNode.ts';
import { relativeDifference } from '../../fixtures/reference.ts';
import { attribute, type NodeText, opCase, vector } from '../gradient/opCase.ts';
import { openSmall, SMALL_FCN, smallSeries } from './smallModels.ts';

const { int, ints } = attribute;

function model(tail: readonly NodeText[]): Graph {
  const { graph } = opCase(
    '',
    [2, 3, 12],
    [
      ['Conv', 'x w1 b1', 'c1', { pads: ints([1, 1]) }],
      ['Relu', 'c1', 'r1'],
      ['Conv', 'r1 w2 b2', 'c2', { pads: ints([1, 1]) }],
      ['Relu', 'c2', 'r2'],
      ...tail,
      ['Gemm', 'm w3 b3', 'y', { transB: int(1) }],
    ],
    { constants: { ...Object.fromEntries(SMALL_FCN.constants), rest: vector(-1), first: vector(0) } },
  );
  return { ...graph, outputs: [{ name: 'y', dtype: 'float32', dims: ['batch', null] }] };
}

const mean: NodeText = ['ReduceMean', 'j', 'm', { axes: ints([2]), keepdims: int(0) }];
/** What goes past r2 is joined behind it, of its own number of instances. */
const SKIP = model([['Concat', 'r2 r1', 'two', { axis: int(2) }], ['Identity', 'two', 'j'], mean]);
/** The number of instances goes past r2 as a number. */
const COUNTED = model([
  ['Shape', 'x', 'dims'],
  ['Gather', 'dims first', 'n'],
  ['ReduceMean', 'r2', 'k', { axes: ints([2]), keepdims: int(0) }],
  ['Concat', 'n rest', 'shape', { axis: int(0) }],
  ['Reshape', 'k shape', 'm'],
]);

describe('channels switched off', () => {
  let runtime: Runtime;
  before(async () => {
    runtime = await openOnnxRuntimeNode();
  });

  async function ablated(graph: Graph, tensor: string, maskedAlpha: boolean) {
    const options = { method: 'ablationcam', relu: false, maskedAlpha } as const;
    const task = await openSmall(graph, runtime, tensor, options);
    const [found] = await explainPrepared({ ...task, prepared: [smallSeries(3, 8)], target: 1 });
    await task.session.dispose();
    return { map: found!.native.values, shared: sharesSeries(task.model, task.layer) };
  }

  for (const [title, graph, tensor, expected] of [
    ['run what lies before the layer once', SMALL_FCN, 'r1', true],
    ['and what goes past it', SKIP, 'r2', true],
    ['but not where the number of instances goes past it', COUNTED, 'r2', false],
  ] as const) {
    it(title, async () => {
      for (const maskedAlpha of [false, true]) {
        const fixed = { ...graph, inputs: graph.inputs.map((one) => ({ ...one, dims: [2, 3, 12] })) };
        const [free, each] = [
          await ablated(graph, tensor, maskedAlpha),
          await ablated(fixed, tensor, maskedAlpha),
        ];
        assert.deepEqual([free.shared, each.shared], [expected, false]);
        assert.ok(each.map.some((value) => value !== 0));
        assert.ok(relativeDifference(free.map, each.map) < 1e-5);
      }
    });
  }
});
