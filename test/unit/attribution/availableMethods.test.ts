import assert from 'node:assert/strict';
import { availableMethods } from '../../../src/attribution/availableMethods.ts';
import { gradientFault, gradientFaults } from '../../../src/attribution/gradientAvailability.ts';
import { inputLayer } from '../../../src/attribution/inputLayer.ts';
import { METHODS } from '../../../src/attribution/methods.ts';
import { describeClassifier } from '../../../src/graph/classifier.ts';
import type { Graph } from '../../../src/graph/graph.ts';
import { layerOrTensor } from '../../../src/graph/layerOrTensor.ts';
import type { Runtime } from '../../../src/graph/runtime.ts';
import { openOnnxRuntimeNode } from '../../../src/runtime/onnxRuntimeNode.ts';
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

  it('are those without a gradient before an operator that lets none pass, with the reason', async () => {
    const classifier = await describeClassifier(BLOCKED, runtime, { layout: 'NFT' });
    const faults = gradientFaults(classifier);
    const before = layerOrTensor(classifier, 'r1');
    const behind = layerOrTensor(classifier, 'r2');
    assert.match(faults.input!, /does not rest on it smoothly/);
    assert.equal(gradientFault(classifier, inputLayer(classifier.input, 12)), faults.input);
    assert.match(gradientFault(classifier, before)!, /does not rest on it smoothly/);
    assert.equal(gradientFault(classifier, behind), null);
    assert.deepEqual(Object.keys(faults).includes(behind.name), false);

    const early = availableMethods(faults, before.name);
    assert.deepEqual(named(early.methods), [
      ...['eigencam', 'ablationcam', 'scorecam'],
      ...['occlusion', 'feature-ablation'],
    ]);
    assert.match(early.reason!, /^9 methods are left out for want of a gradient\. .*smoothly/);
    const late = availableMethods(faults, behind.name);
    assert.ok(named(late.methods).includes('gradcam') && !named(late.methods).includes('saliency'));
  });
});
