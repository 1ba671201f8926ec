import assert from 'node:assert/strict';
import { availableMethods } from '../../../src/attribution/availableMethods.ts';
import { gradientFault, gradientFaults } from '../../../src/attribution/gradientAvailability.ts';
import { inputLayer } from '../../../src/attribution/inputLayer.ts';
import { METHODS } from '../../../src/attribution/methods.ts';
import { text } from '../../../src/graph/attributes.ts';
import { describeClassifier } from '../../../src/graph/classifier.ts';
import type { Graph } from '../../../src/graph/graph.ts';
import { layerOrTensor } from '../../../src/graph/layerOrTensor.ts';
import type { Runtime } from '../../../src/graph/runtime.ts';
import { openOnnxRuntimeNode } from '../../../src/runtime/onnxRuntimeNode.ts';
import { weights } from '../graph/classifier/head.ts';
import { graphOf } from '../graph/smallGraph.ts';
import { SMALL_FCN } from './smallModels.ts';

/** The first activation lets no gradient pass; what lies behind it does. */
const BLOCKED: Graph = {
  ...SMALL_FCN,
  nodes: SMALL_FCN.nodes.map((node) => (node.outputs[0] === 'c2' ? blocked(node) : node)),
};

function blocked(node: Graph['nodes'][number]): Graph['nodes'][number] {
  return { ...node, op: 'Hardmax', inputs: ['r1'], attributes: {} };
}

const named = (methods: readonly { readonly id: string }[]) => methods.map(({ id }) => id);

describe('methods that can be offered', () => {
  let runtime: Runtime;
  before(async () => {
    runtime = await openOnnxRuntimeNode();
  });

  it('are all of them where a gradient leads to the input', async () => {
    const classifier = await describeClassifier(SMALL_FCN, runtime, { layout: 'NFT' });
    assert.deepEqual(gradientFaults(classifier), {});
    const { methods, reason } = availableMethods(undefined, 'r1');
    assert.deepEqual(named(methods), named(METHODS));
    assert.equal(reason, undefined);
  });

  it('are all of them beside a branch that is cut off, and those without a gradient in it', async () => {
    const graph = graphOf(['N', 2, 12], (b) => {
      const branch = (kernel: number) =>
        b.add('Relu', [b.add('Conv', ['x', weights(b, [3, 2, kernel])], { auto_pad: text('SAME_UPPER') })]);
      const cut = b.add('Round', [branch(5)]);
      const pooled = [branch(3), cut].map((y) => b.reduce('ReduceMean', y, [2], false));
      return b.add('MatMul', [b.concat(pooled, 1), weights(b, [6, 2])]);
    });
    const classifier = await describeClassifier(graph, runtime, { layout: 'NFT' });
    const faults = gradientFaults(classifier);
    const sizes = classifier.layers.map(({ name, receptiveField: { size } }) => [size, name in faults]);
    assert.deepEqual(new Set(sizes.map(String)), new Set(['5,true', '3,false']));
    const [name, sentence] = Object.entries(faults)[0]!;
    assert.ok(sentence.startsWith(`No gradient leads from the answer back to "${name}": `));
  });

  it('are those without a gradient before an operator that lets none pass, with the reason', async () => {
    const classifier = await describeClassifier(BLOCKED, runtime, { layout: 'NFT' });
    const faults = gradientFaults(classifier);
    const before = layerOrTensor(classifier, 'r1');
    const behind = layerOrTensor(classifier, 'r2');
    assert.match(faults.input!, /does not rest on it, or through steps/);
    assert.equal(gradientFault(classifier, inputLayer(classifier.input, 12)), faults.input);
    assert.match(gradientFault(classifier, before)!, /does not rest on it, or through steps/);
    assert.equal(gradientFault(classifier, behind), null);
    assert.deepEqual(Object.keys(faults).includes(behind.name), false);

    const early = availableMethods(faults, before.name);
    assert.deepEqual(named(early.methods), [
      ...['eigencam', 'ablationcam', 'scorecam'],
      ...['occlusion', 'feature-ablation'],
    ]);
    assert.match(early.reason!, /^9 methods are left out for want of a gradient\. .*through steps/);
    const late = availableMethods(faults, behind.name);
    assert.ok(named(late.methods).includes('gradcam') && !named(late.methods).includes('saliency'));
  });
});
