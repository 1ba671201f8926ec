import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { newNetwork } from '../../../src/architectures/architectures.ts';
import { modelFeed } from '../../../src/attribution/modelFeed.ts';
import { loadModel } from '../../../src/formats/loadModel.ts';
import { type Classifier, describeClassifier } from '../../../src/graph/classifier.ts';
import type { Graph } from '../../../src/graph/graph.ts';
import { maskedClassifier } from '../../../src/graph/masking/maskedClassifier.ts';
import { MASK_INPUT } from '../../../src/graph/masking/positionMask.ts';
import type { Runtime } from '../../../src/graph/runtime.ts';
import { numbers } from '../../../src/graph/tensor.ts';
import { dropIn, maskInside, type PaddingLook } from '../../../src/repair/dropIn.ts';
import { openOnnxRuntimeNode } from '../../../src/runtime/onnxRuntimeNode.ts';

const [F, T] = [2, 6];

/** Gives the mask back. */
function echo(layout: 'NFT' | 'NTF' | 'N1FT', opset: number): Graph {
  const sizes = { N: 'batch', F, T, 1: 1 } as const;
  return {
    opset,
    irVersion: 8,
    producer: 'test',
    nodes: [{ op: 'Identity', domain: '', name: 'echo', inputs: ['mask'], outputs: ['y'], attributes: {} }],
    constants: new Map(),
    inputs: [
      { name: 'x', dtype: 'float32', dims: [...layout].map((axis) => sizes[axis as 'N']) },
      { name: 'mask', dtype: 'float32', dims: ['batch', T] },
    ],
    outputs: [{ name: 'y', dtype: 'float32', dims: ['batch', T] }],
  };
}

describe('a mask that is computed inside the model', () => {
  let runtime: Runtime;
  before(async () => {
    runtime = await openOnnxRuntimeNode();
  });

  it('is that of the padding, whatever lies within the series', async () => {
    const cell = fc.constantFrom(0, 0, 0, 1, -0.5);
    const series = fc.array(cell, { minLength: F * T, maxLength: F * T });
    await fc.assert(
      fc.asyncProperty(
        series,
        fc.constantFrom('end' as const, 'front' as const, 'both' as const),
        fc.constantFrom('NFT' as const, 'NTF' as const, 'N1FT' as const),
        fc.constantFrom(11, 17, 20),
        async (values, side, layout, opset) => {
          const padding: PaddingLook = { side, value: [0, -0.5] };
          const x = Float32Array.from(values);
          const graph = dropIn(echo(layout, opset), { name: 'x', layout }, 'mask', padding);
          assert.deepEqual(
            graph.inputs.map(({ name }) => name),
            ['x'],
          );
          const session = await runtime.load(graph);
          const { y } = await session.run({ x: modelFeed([x], F, T, layout) });
          await session.dispose();
          assert.deepEqual(numbers(y!), [...maskInside(x, T, padding)]);
        },
      ),
      { numRuns: 80 },
    );
  });

  it('leaves the model its layers, whatever computes the mask', async () => {
    for (const name of ['xcm', 'lstm', 'gru', 'lstm-fcn', 'tcn'] as const) {
      const size = { features: 3, steps: 20, classes: 4 };
      const plain = await describeClassifier(newNetwork(name, size, 1, 4), runtime);
      const masked = await maskedClassifier(plain, runtime);
      const names = ({ layers }: Classifier) => layers.map((layer) => layer.name);
      const twoInputs = await describeClassifier(masked.graph, runtime);
      assert.deepEqual(names(twoInputs), names(plain));
      const look: PaddingLook = { side: 'end', value: [0, 0, 0] };
      const single = await describeClassifier(dropIn(masked.graph, masked.input, MASK_INPUT, look), runtime);
      assert.equal(single.input.layout, 'NFT');
      assert.deepEqual(names(single), names(plain));
      const told = await maskedClassifier(single, runtime);
      assert.deepEqual(
        told.graph.inputs.map((one) => one.name),
        ['x', MASK_INPUT],
      );
    }
  });

  const fixture = (path: string) => fileURLToPath(new URL(`../../fixtures/${path}`, import.meta.url));
  for (const path of [
    '../../media/sample/models/xcm.onnx',
    'truth/012_A_content_GMP_order/model.onnx',
    'truth/004_A_content_INC_corr/model.onnx',
    'truth/010_A_content_FLAT_trend/model.onnx',
    'truth/008_A_content_LSTM_freq/model.onnx',
    'exported/strided.dynamo.onnx',
    'exported/tcn.opset22.onnx',
    'pt2/tcn_weightnorm.pt2',
  ]) {
    it(`leaves ${path.split('/').at(-1) === 'model.onnx' ? path.split('/')[1] : path} its layers with their axes and marks, masked and as a drop-in`, async () => {
      const shown = ({ layers }: Classifier) =>
        layers.map(({ name, shape, marks }) => `${name} [${shape}] ${marks.join(', ')}`);
      const { graph } = await loadModel(fixture(path));
      const plain = await describeClassifier(graph, runtime, { task: 'classification' });
      const masked = await maskedClassifier(plain, runtime);
      const value = new Array<number>(plain.input.features).fill(0);
      const single = dropIn(masked.graph, masked.input, MASK_INPUT, { side: 'both', value });
      const { layout } = plain.input;
      for (const form of [masked.graph, single]) {
        const again = await describeClassifier(form, runtime, { task: 'classification', layout });
        assert.deepEqual(shown(again), shown(plain));
      }
    });
  }

  it('keeps padding values between real steps', () => {
    const x = Float32Array.from([1, 0, 2, 0, 0, 0, 1, 0, 2, 0, 0, 0]);
    assert.deepEqual([...maskInside(x, T, { side: 'end', value: [0, 0] })], [1, 1, 1, 0, 0, 0]);
    assert.deepEqual([...maskInside(x, T, { side: 'front', value: [0, 0] })], [1, 1, 1, 1, 1, 1]);
  });
});
