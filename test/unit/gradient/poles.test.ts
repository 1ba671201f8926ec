import assert from 'node:assert/strict';
import { newNetwork } from '../../../src/architectures/architectures.ts';
import { GraphBuilder } from '../../../src/graph/builder.ts';
import { describeClassifier } from '../../../src/graph/classifier.ts';
import { appendGradient } from '../../../src/graph/gradient/appendGradient.ts';
import { probeShapes } from '../../../src/graph/shapes.ts';
import { float32 } from '../../../src/graph/tensor.ts';
import { openOnnxRuntimeNode } from '../../../src/runtime/onnxRuntimeNode.ts';
import { trainingGraph } from '../../../src/training/trainingGraph.ts';
import { type NodeText, opCase, scalar } from './opCase.ts';
import { runOnce } from './parameterCase.ts';

const constants = {
  two: scalar(2),
  half: scalar(0.5),
  none: scalar(0),
  one: scalar(1),
  five: scalar(5),
  most: scalar(2.5),
};
const RELU: NodeText = ['Relu', 'x', 'r'];
/** Slopes at 4 behind the Relu; at −4 and 0 they are 0. */
const BEHIND: Readonly<Record<string, { nodes: readonly NodeText[]; slope: number; infinite: boolean }>> = {
  'a root': { nodes: [RELU, ['Sqrt', 'r', 'y']], slope: 0.25, infinite: true },
  'a power below 1': { nodes: [RELU, ['Pow', 'r half', 'y']], slope: 0.25, infinite: true },
  'an arc sine at 1': {
    nodes: [RELU, ['Sub', 'one r', 'd'], ['Clip', 'd none one', 'c'], ['Asin', 'c', 'y']],
    ...{ slope: 0, infinite: true },
  },
  'a root two nodes on': {
    nodes: [RELU, ['Mul', 'r two', 'd'], ['Sqrt', 'd', 'y']],
    ...{ slope: 2 ** -1.5, infinite: true },
  },
  'a Swish and a root': {
    nodes: [RELU, ['HardSwish', 'r', 'd'], ['Sqrt', 'd', 'y']],
    ...{ slope: 0.25, infinite: true },
  },
  'a quotient by a number': { nodes: [RELU, ['Div', 'r two', 'y']], slope: 0.5, infinite: false },
  'a square': { nodes: [RELU, ['Pow', 'r two', 'y']], slope: 8, infinite: false },
  'nothing: the root stands before it': {
    nodes: [
      ['Add', 'x five', 'b'],
      ['Sqrt', 'b', 's'],
      ['Sub', 's most', 'd'],
      ['Relu', 'd', 'y'],
    ],
    ...{ slope: 1 / 6, infinite: false },
  },
};

describe('the gradient of a Relu with a pole behind it', () => {
  for (const [title, { nodes, slope, infinite }] of Object.entries(BEHIND)) {
    it(`${infinite ? 'chooses' : 'multiplies'}: ${title}`, async () => {
      const used = Object.entries(constants).filter(([name]) =>
        nodes.some(([, read]) => read.includes(name)),
      );
      const { graph } = opCase(title, [1, 3], nodes, { constants: Object.fromEntries(used) });
      const runtime = await openOnnxRuntimeNode();
      const x = float32([1, 3], [-4, 0, 4]);
      const shapes = await probeShapes(graph, runtime, { x });
      const builder = new GraphBuilder(graph);
      builder.input({ name: 'seed', dtype: 'float32', dims: [1, 3] });
      const from = { tensor: 'y', gradient: 'seed' };
      const name = appendGradient(builder, { shapes, from, at: 'x' });
      const made = builder.build([{ name, dtype: 'float32', dims: [] }]);
      assert.equal(
        made.nodes.some(({ op }) => op === 'HardSigmoid'),
        !infinite,
      );
      const found = await runOnce(runtime, made, { x, seed: float32([1, 3], [1, 1, 1]) });
      for (const [at, wanted] of [0, 0, slope].entries()) {
        assert.ok(Math.abs(Number(found[name]!.data[at]) - wanted) < 1e-5, `${at}: ${found[name]!.data[at]}`);
      }
    });
  }

  it('multiplies in training, whatever the batch norms divide by', async () => {
    const size = { features: 2, steps: 9, classes: 3 };
    const model = await describeClassifier(newNetwork('fcn', size, 1, 4), await openOnnxRuntimeNode());
    const { nodes } = trainingGraph(model).graph;
    assert.deepEqual(
      ['Where', 'HardSigmoid'].map((op) => nodes.filter((node) => node.op === op).length),
      [0, 3],
    );
  });
});
