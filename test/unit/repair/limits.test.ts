import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { loadModel } from '../../../src/formats/loadModel.ts';
import { type Classifier, describeClassifier } from '../../../src/graph/classifier.ts';
import { maskedGraph } from '../../../src/graph/masking/maskedGraph.ts';
import type { Runtime } from '../../../src/graph/runtime.ts';
import { limits } from '../../../src/repair/limits.ts';
import { pickRuntime } from '../../../src/runtime/pick.ts';
import { engineIn } from '../engine/engineIn.ts';
import { refusal } from '../refusal.ts';

const at = (path: string) => fileURLToPath(new URL(`../../../${path}`, import.meta.url));
const truth = (name: string) => `test/fixtures/truth/${name}/model.onnx`;

describe('what a repair cannot take away', () => {
  const { engine } = engineIn('limits');
  let runtime: Runtime;
  before(async () => {
    ({ runtime } = await pickRuntime('auto'));
  });
  const opened = async (path: string) =>
    describeClassifier((await loadModel(at(path))).graph, runtime, {
      task: 'classification',
      layout: 'NFT',
    });
  const stepsOf = ({ shapes, input }: Classifier) => shapes.dims(input.name)![input.layout.indexOf('T')]!;
  const said = async (path: string) => {
    const model = await opened(path);
    return limits(model, stepsOf(model)).join(' ');
  };

  for (const [path, layer, positions] of [
    [truth('010_A_content_FLAT_trend'), 'fc1', 16],
    ['test/fixtures/exported/strided.dynamo.onnx', 'classifier.2', 2],
    ['test/fixtures/exported/strided.opset9.onnx', 'classifier.2', 2],
    ['test/fixtures/pt2/patchtst.pt2', 'head.2', 11],
    ['test/fixtures/training/lstm_fcn.onnx', 'lstm', 32],
  ] as const) {
    it(`names layer ${layer} of ${path.split('/').at(-1)} with weights for each of ${positions} positions`, async () => {
      assert.match(
        await said(path),
        new RegExp(`^Layer ${layer} has weights of its own for each of ${positions} positions`),
      );
    });
  }

  it('is said where a masked model is written', async () => {
    const { limits: found } = await engine.masked({ model: at(truth('010_A_content_FLAT_trend')) });
    assert.equal(found.join(' '), await said(truth('010_A_content_FLAT_trend')));
  });

  it('says nothing of models that pool, read the last state or attend', async () => {
    for (const path of [
      ...['002_A_content_FCN_level', '004_A_content_INC_corr', '006_A_content_RES_rough'].map(truth),
      ...['008_A_content_LSTM_freq', '012_A_content_GMP_order', '016_A_content_ATT_level'].map(truth),
      ...['tst', 'tst_core', 'bigru', 'tcn_weightnorm'].map((name) => `test/fixtures/pt2/${name}.pt2`),
      'media/sample/models/xcm.onnx',
    ])
      assert.equal(await said(path), '', path);
  });

  it('names the convolution whose positions read the whole length', async () => {
    assert.match(
      await said('media/sample/models/xcm_wide.onnx'),
      /^One position of the last convolution, conv1d, reads all 131 steps/,
    );
  });

  it('names what attends, what takes time for its features, and where instances are merged', async () => {
    for (const [path, sentence] of [
      [truth('016_A_content_ATT_level'), /^Softmax "\/Softmax" carries padding along time .*\(attention\)/],
      ['test/fixtures/training/lstm_fcn.onnx', /^LSTM "\/lstm\/LSTM" takes the features for its steps/],
      [
        'test/fixtures/exported/attention.opset17.onnx',
        /^At "\/encoder\/self_attn\/\w+" .*heads of attention/,
      ],
    ] as const) {
      const model = await opened(path);
      const { graph, tracks, input } = model;
      assert.throws(
        () => maskedGraph(graph, tracks, { name: input.name, steps: stepsOf(model) }),
        refusal('cannot-mask', sentence),
      );
    }
  });
});
