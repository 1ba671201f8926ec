import assert from 'node:assert/strict';
import { join } from 'node:path';
import { loadModel } from '../../../../src/formats/loadModel.ts';
import { describeClassifier } from '../../../../src/graph/classifier.ts';
import { openOnnxRuntimeNode } from '../../../../src/runtime/onnxRuntimeNode.ts';

const folder = join(import.meta.dirname, '../../../fixtures/pt2');
const layersOf = async (name: string) => {
  const { graph } = await loadModel(join(folder, `${name}.pt2`));
  const input = { layout: 'NFT', steps: 24 } as const;
  return (await describeClassifier(graph, await openOnnxRuntimeNode(), input)).layers;
};

describe('the layers of a module with several recurrent ones', () => {
  for (const [name, inner, channels] of [
    ['lstm_last_state', 'rnn.lstm', 6],
    ['gru_last_state', 'rnn.gru', 3],
  ] as const) {
    it(`${name}: the last bears the name of the module, also where only its last state is read`, async () => {
      const layers = await layersOf(name);
      assert.deepEqual(
        layers.map((layer) => [layer.name, layer.note, layer.shape, layer.isCut]),
        [inner, 'rnn'].map((layer, at) => [
          layer,
          `The module "rnn" has 2 recurrent layers; this is the sequence of layer ${at + 1}.`,
          [channels, 24],
          undefined,
        ]),
      );
    });
  }
});
