import assert from 'node:assert/strict';
import { type ArchitectureName, newNetwork } from '../../../src/architectures/architectures.ts';
import { describeClassifier } from '../../../src/graph/classifier.ts';
import { maskedClassifier } from '../../../src/graph/masking/maskedClassifier.ts';
import type { Runtime } from '../../../src/graph/runtime.ts';
import { openOnnxRuntimeWeb } from '../../../src/runtime/onnxRuntimeWeb.ts';
import { pickRuntime } from '../../../src/runtime/pick.ts';
import { stepBytes } from '../../../src/training/stepBytes.ts';
import { trainingGraph } from '../../../src/training/trainingGraph.ts';

describe('bytes that a step of training takes for a series', () => {
  let runtime: Runtime;
  before(async () => {
    ({ runtime } = await pickRuntime('auto'));
  });

  async function bytes(
    architecture: ArchitectureName,
    steps: number,
    masked = false,
    on: Runtime = runtime,
  ): Promise<number> {
    const network = newNetwork(architecture, { features: 2, steps, classes: 2 }, 1, 8);
    const plain = await describeClassifier(network, runtime, { layout: 'NFT', steps });
    const model = masked ? { ...(await maskedClassifier(plain, runtime)), maskedSteps: steps } : plain;
    return stepBytes(trainingGraph(model).graph, model.shapes, on);
  }

  it('grow with the steps, of recurrent layers that skip the padding, too', async () => {
    for (const [architecture, masked] of [
      ['fcn', false],
      ['fcn', true],
      ['lstm', true],
      ['gru', true],
    ] as const) {
      const [short, long] = [await bytes(architecture, 60, masked), await bytes(architecture, 240, masked)];
      assert.ok(Math.abs(long / short - 4) < 0.5, `${architecture}: ${short} and ${long}`);
    }
  });

  it('are about the same on WebAssembly, which says otherwise what it does not know', async () => {
    const web = await openOnnxRuntimeWeb();
    for (const [architecture, masked] of [
      ['fcn', true],
      ['gru', true],
    ] as const) {
      const [native, wasm] = [
        await bytes(architecture, 60, masked),
        await bytes(architecture, 60, masked, web),
      ];
      assert.ok(wasm > native / 1.5 && wasm < 1.5 * native, `${architecture}: ${native} and ${wasm}`);
    }
  });

  it('are those of the tensors that the way back needs', async () => {
    // FCN of 8, 16 and 8 filters over 60 steps: convolution, norm and Relu of each block, and what goes back through the last.
    const forward = 4 * 60 * 3 * (8 + 16 + 8);
    const found = (await bytes('fcn', 60)) / 1.4;
    assert.ok(found > forward && found < 2 * forward, `${found} of ${forward}`);
  });

  it('are told from the model where the runtime infers no dims', async () => {
    const blind: Runtime = {
      ...runtime,
      load: async (graph, options) => ({ ...(await runtime.load(graph, options)), dims: undefined }),
    };
    const network = newNetwork('fcn', { features: 2, steps: 60, classes: 2 }, 1, 8);
    const model = await describeClassifier(network, runtime, { layout: 'NFT', steps: 60 });
    const { graph } = trainingGraph(model);
    const [known, guessed] = [
      await stepBytes(graph, model.shapes, runtime),
      await stepBytes(graph, model.shapes, blind),
    ];
    assert.ok(guessed > known / 2 && guessed < 3 * known, `${guessed} for ${known}`);
  });
});
