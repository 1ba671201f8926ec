import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { switchesOf } from '../../../src/attribution/switches.ts';
import { readArguments } from '../../../src/cli/arguments.ts';

describe('command line: explainer', () => {
  const explainer = (...words: string[]) => readArguments(['explainer', 'm.onnx', 'out.onnx', ...words]);

  it('has a default for everything but the files, and reads every option', () => {
    assert.deepEqual(explainer(), {
      name: 'explainer',
      model: resolve('m.onnx'),
      out: resolve('out.onnx'),
      layer: undefined,
      target: undefined,
      targetInput: false,
      against: undefined,
      negative: false,
      method: 'gradcam',
      ...switchesOf({}),
      padding: undefined,
      preprocess: false,
      ...{ data: undefined, series: undefined, set: undefined },
      steps: undefined,
      config: undefined,
      runtime: 'auto',
      timeout: undefined,
    });
    const words =
      '--layer conv --class walk --against run --negative --method hirescam --no-relu --masked-alpha --masked-model --padding mask --preprocess --data a.csv --series a.parquet --set data.time=t --steps 131 --config a.json --runtime onnxruntime-web';
    assert.deepEqual(explainer(...words.split(' ')), {
      name: 'explainer',
      model: resolve('m.onnx'),
      out: resolve('out.onnx'),
      layer: 'conv',
      target: 'walk',
      targetInput: false,
      against: 'run',
      negative: true,
      method: 'hirescam',
      ...{ ...switchesOf({}), relu: false, maskedAlpha: true, maskedModel: true },
      padding: 'mask',
      preprocess: true,
      ...{ data: resolve('a.csv'), series: resolve('a.parquet'), set: ['data.time=t'] },
      steps: 131,
      config: resolve('a.json'),
      runtime: 'onnxruntime-web',
      timeout: undefined,
    });
  });

  for (const [words, sentence] of [
    ['--class walk --target-input', /--class, one class for all, or --target-input/],
    ['--series out.parquet', /--data and --series together/],
    ['--padding some', /--padding cannot be "some": say none, length, mask/],
    ['--case 1', /explainer has no option --case/],
    ['--steps -1', /steps/],
    ['--steps 0', /--steps takes a whole number from 1 to 1000000, not "0"/],
  ] as const) {
    it(`refuses: explainer ${words}`, () => {
      assert.throws(() => explainer(...words.split(' ')), { code: 'usage', message: sentence });
    });
  }
});
