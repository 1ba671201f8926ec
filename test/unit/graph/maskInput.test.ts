import assert from 'node:assert/strict';
import { join } from 'node:path';
import { newNetwork } from '../../../src/architectures/architectures.ts';
import { loadModel } from '../../../src/formats/loadModel.ts';
import { readOnnx } from '../../../src/formats/onnx/readOnnx.ts';
import { writeOnnx } from '../../../src/formats/onnx/writeOnnx.ts';
import { int } from '../../../src/graph/attributes.ts';
import { type Classifier, describeClassifier } from '../../../src/graph/classifier.ts';
import type { Graph, GraphNode } from '../../../src/graph/graph.ts';
import { withMaskInput } from '../../../src/graph/maskInput.ts';
import { maskedClassifier } from '../../../src/graph/masking/maskedClassifier.ts';
import { MASK_INPUT } from '../../../src/graph/masking/positionMask.ts';
import type { Runtime } from '../../../src/graph/runtime.ts';
import { elementCount, float32, int64, numbers, type Tensor } from '../../../src/graph/tensor.ts';
import { openOnnxRuntimeNode } from '../../../src/runtime/onnxRuntimeNode.ts';
import { gridValues } from '../gradient/opCase.ts';
import { refusal } from '../refusal.ts';

const sample = join(import.meta.dirname, '../../../media/sample/models/xcm.onnx');

const node = (op: string, inputs: string[], output: string, attributes: GraphNode['attributes'] = {}) => ({
  ...{ op, domain: '', name: output, inputs, outputs: [output], attributes },
});

/** A mean over the steps the mask leaves; the mask may be of any form. */
function meanOver(mask: Graph['inputs'][number], onPadding: boolean): Graph {
  return {
    opset: 17,
    irVersion: 8,
    producer: 'test',
    nodes: [
      node('Cast', [mask.name], 'float', { to: { kind: 'int', value: 1 } }),
      node('Reshape', ['float', 'shape'], 'flat'),
      ...(onPadding ? [node('Sub', ['one', 'flat'], 'real')] : [node('Identity', ['flat'], 'real')]),
      node('Mul', ['x', 'real'], 'kept'),
      node('ReduceSum', ['kept', 'last'], 'y', { keepdims: { kind: 'int', value: 0 } }),
    ],
    constants: new Map<string, Tensor>([
      ['shape', { dtype: 'int64', dims: [3], data: BigInt64Array.of(-1n, 1n, 6n) }],
      ['last', { dtype: 'int64', dims: [1], data: BigInt64Array.of(2n) }],
      ['one', float32([], [1])],
    ]),
    inputs: [{ name: 'x', dtype: 'float32', dims: ['batch', 3, 6] }, mask],
    outputs: [{ name: 'y', dtype: 'float32', dims: ['batch', 3] }],
  };
}

describe('a model that takes its padding mask', () => {
  let runtime: Runtime;
  before(async () => {
    runtime = await openOnnxRuntimeNode();
  });

  it('may take series of one feature', async () => {
    const plain = await describeClassifier(
      newNetwork('fcn', { features: 1, steps: 20, classes: 3 }, 1, 4),
      runtime,
      { layout: 'NFT' },
    );
    const { graph } = await maskedClassifier(plain, runtime);
    for (const inputs of [graph.inputs, graph.inputs.toReversed()]) {
      const again = await describeClassifier({ ...graph, inputs }, runtime);
      assert.equal(again.maskInput, MASK_INPUT);
      assert.deepEqual([again.input.features, again.input.steps], [1, 20]);
    }
  });

  it('opens again when we have written it, and answers as the masked model does', async () => {
    const { graph } = await loadModel(sample);
    const masked = await maskedClassifier(await describeClassifier(graph, runtime), runtime);
    const again = await describeClassifier(readOnnx(writeOnnx(masked.graph)), runtime);
    assert.equal(again.maskInput, MASK_INPUT);
    assert.ok(again.findings.some(({ code }) => code === 'mask-input'));
    assert.deepEqual(await answer(runtime, again), await answer(runtime, masked));
    assert.deepEqual(
      again.layers.map(({ name }) => name),
      masked.layers.map(({ name }) => name),
    );
  });

  for (const [mask, onPadding] of [
    [{ name: 'mask', dtype: 'float32', dims: ['batch', 6] }, false],
    [{ name: 'mask', dtype: 'bool', dims: [null, 6] }, false],
    [{ name: 'attention_mask', dtype: 'int64', dims: ['batch', 6] }, false],
    [{ name: 'm', dtype: 'int32', dims: ['batch', 1, 6] }, false],
    [{ name: 'm', dtype: 'bool', dims: ['batch', 6, 1] }, false],
    [{ name: 'key_padding_mask', dtype: 'bool', dims: ['batch', 6] }, true],
    [{ name: 'src_key_padding_mask', dtype: 'bool', dims: ['batch', 6] }, true],
    [{ name: 'm', dtype: 'int8', dims: ['batch', 6] }, false],
    [{ name: 'm', dtype: 'uint64', dims: ['batch', 6] }, true],
    // Names that say the opposite of what the model does.
    [{ name: 'mask', dtype: 'bool', dims: ['batch', 6] }, true],
    [{ name: 'padding_mask', dtype: 'float32', dims: ['batch', 6] }, false],
  ] as const) {
    it(`is fed one of ${mask.dtype} [${mask.dims}] named ${mask.name}, 1 on ${onPadding ? 'padding' : 'real steps'}`, async () => {
      const classifier = await describeClassifier(meanOver(mask, onPadding), runtime, { layout: 'NFT' });
      const x = float32(
        [1, 3, 6],
        Array.from({ length: 18 }, (_, i) => i),
      );
      const real = float32([1, 6], [1, 1, 0, 1, 0, 0]);
      const session = await runtime.load(classifier.graph);
      const results = await session.run({ x, [MASK_INPUT]: real });
      await session.dispose();
      assert.deepEqual(numbers(results[classifier.logits]!), [0 + 1 + 3, 6 + 7 + 9, 12 + 13 + 15]);
    });
  }

  it('may add its mask to the scores of steps', async () => {
    const scores = [node('MatMul', ['ones', 'x'], 'sums'), node('Unsqueeze', ['mask', 'axis'], 'added')];
    const graph: Graph = {
      ...meanOver({ name: 'mask', dtype: 'float32', dims: ['batch', 6] }, false),
      nodes: [
        ...scores,
        node('Add', ['sums', 'added'], 'scores'),
        node('Softmax', ['scores'], 'weights', { axis: int(2) }),
        node('Mul', ['x', 'weights'], 'kept'),
        node('ReduceSum', ['kept', 'last'], 'y', { keepdims: int(0) }),
      ],
      constants: new Map<string, Tensor>([
        ['ones', float32([1, 1, 3], [1, 1, 1])],
        ['axis', int64([1], [1])],
        ['last', int64([1], [2])],
      ]),
    };
    const found = await describeClassifier(graph, runtime, { layout: 'NFT' });
    const said = found.findings.find(({ code }) => code === 'mask-input')!;
    assert.match(said.sentence, /0 on real steps and far below on padding\.$/);
    const session = await runtime.load(found.graph);
    const x = float32([1, 3, 6], [1, 2, 9, 9, 9, 9, 0, 0, 9, 9, 9, 9, 0, 0, 9, 9, 9, 9]);
    const given = await session.run({ x, [MASK_INPUT]: float32([1, 6], [1, 1, 0, 0, 0, 0]) });
    await session.dispose();
    // Of e and e², the weights of the two real steps.
    assert.ok(Math.abs(numbers(given[found.logits]!)[0]! - (1 + 2 * Math.E) / (1 + Math.E)) < 1e-6);
  });

  it('says that a name alone speaks where steps are read whatever the mask', async () => {
    const mask = { name: 'mask', dtype: 'float32', dims: ['batch', 6] } as const;
    const graph = meanOver(mask, false);
    const nodes = [...graph.nodes.slice(0, 3), { ...graph.nodes[3]!, op: 'Add' }, graph.nodes[4]!];
    const found = await describeClassifier({ ...graph, nodes }, runtime, { layout: 'NFT' });
    const said = found.findings.find(({ code }) => code === 'mask-input')!;
    assert.equal(said.severity, 'warning');
    assert.match(
      said.sentence,
      /1 on real steps, by its name alone: .* the name "padding_mask" where it is not\.$/,
    );
  });

  it('fixes the length of the series by the length of its mask', async () => {
    const graph = meanOver({ name: 'mask', dtype: 'bool', dims: ['batch', 6] }, false);
    const free = { ...graph.inputs[0]!, dims: ['batch', 3, 'steps'] };
    const found = await describeClassifier({ ...graph, inputs: [free, graph.inputs[1]!] }, runtime, {
      steps: 9,
    });
    assert.deepEqual([found.input.layout, found.input.features, found.input.steps], ['NFT', 3, 6]);
  });

  it('shows by its mask which axis is time', async () => {
    const graph = meanOver({ name: 'mask', dtype: 'bool', dims: ['batch', 3] }, false);
    const nodes = graph.nodes.map((one) =>
      one.outputs[0] === 'y' ? { ...one, inputs: ['kept', 'axis'] } : one,
    );
    const constants = new Map<string, Tensor>([
      ...graph.constants,
      ['shape', int64([3], [-1, 3, 1])],
      ['axis', int64([1], [1])],
    ]);
    const found = await describeClassifier({ ...graph, nodes, constants }, runtime);
    assert.deepEqual([found.input.layout, found.input.steps], ['NTF', 3]);
    await assert.rejects(
      describeClassifier({ ...graph, nodes, constants }, runtime, { layout: 'NFT' }),
      refusal('layout-mismatch', /NFT does not fit .*; possible are NTF/),
    );
  });

  it('is told from a model with another second input', () => {
    for (const other of [
      { name: 'meta', dtype: 'float32', dims: ['batch', 4] },
      { name: 'second', dtype: 'float32', dims: ['batch', 3, 6] },
      { name: 'word', dtype: null, dims: ['batch', 6] },
    ] as const) {
      assert.equal(withMaskInput(meanOver(other, false)), undefined);
    }
  });
});

async function answer(runtime: Runtime, { graph, input, logits, shapes }: Classifier): Promise<number[]> {
  const dims = shapes.dims(input.name)!;
  const steps = dims[input.layout.indexOf('T')]!;
  const mask = float32(
    [dims[0]!, steps],
    Array.from({ length: dims[0]! * steps }, (_, i) => (i % steps < 50 ? 1 : 0)),
  );
  const session = await runtime.load({ ...graph, outputs: [{ name: logits, dtype: 'float32', dims: [] }] });
  const found = await session.run({
    [input.name]: float32(dims, gridValues(elementCount(dims), 3)),
    [MASK_INPUT]: mask,
  });
  await session.dispose();
  return numbers(found[logits]!);
}
