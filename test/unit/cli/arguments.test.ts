import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { type ExplainCommand, readArguments } from '../../../src/cli/arguments.ts';
import { Refusal } from '../../../src/refusal.ts';

const explain = (...words: string[]) =>
  readArguments(['explain', 'm.onnx', 'd.csv', ...words]) as ExplainCommand;

describe('command line', () => {
  it('has a default for everything but the files', () => {
    assert.deepEqual(explain(), {
      name: 'explain',
      model: resolve('m.onnx'),
      data: resolve('d.csv'),
      case: undefined,
      layer: undefined,
      target: undefined,
      method: 'gradcam',
      relu: true,
      maskedAlpha: false,
      maskedModel: false,
      mask: undefined,
      config: undefined,
      runtime: 'auto',
      truncate: false,
      format: 'json',
      theme: 'light',
      out: undefined,
    });
  });

  it('reads every option', () => {
    const words =
      '--case 7 --layer conv --class walk --method hirescam --no-relu --masked-alpha --masked-model --mask length:28@front --config a.json --runtime onnxruntime-web --truncate --format csv --theme dark --out o.txt';
    const command = explain(...words.split(' '));
    assert.equal(command.case, '7');
    assert.equal(command.layer, 'conv');
    assert.equal(command.target, 'walk');
    assert.equal(command.method, 'hirescam');
    assert.equal(command.relu, false);
    assert.equal(command.maskedAlpha, true);
    assert.equal(command.maskedModel, true);
    assert.deepEqual(command.mask, { kind: 'length', length: 28, side: 'front' });
    assert.equal(command.config, resolve('a.json'));
    assert.equal(command.runtime, 'onnxruntime-web');
    assert.equal(command.truncate, true);
    assert.equal(command.format, 'csv');
    assert.equal(command.theme, 'dark');
    assert.equal(command.out, resolve('o.txt'));
  });

  it('takes the format from the ending of --out, unless it is said', () => {
    assert.equal(explain('--out', 'maps.npz').format, 'npz');
    assert.equal(explain('--out', 'maps.CSV').format, 'csv');
    assert.equal(explain('--out', 'map.svg').format, 'svg');
    assert.equal(explain('--out', 'map.png').format, 'png');
    assert.equal(explain('--out', 'maps.dat').format, 'json');
    assert.equal(explain('--out', 'maps.npz', '--format', 'csv').format, 'csv');
  });

  it('shows help when asked or when there is nothing', () => {
    for (const words of [[], ['--help'], ['-h'], ['help'], ['explain', '--help']]) {
      assert.deepEqual(readArguments(words), { name: 'help' });
    }
    assert.deepEqual(readArguments(['--version']), { name: 'version' });
  });

  const nonsense: [string, RegExp][] = [
    ['frobnicate', /no command "frobnicate".*layers, explain/],
    ['--json', /Say what to do/],
    ['layers', /layers needs MODEL/],
    ['layers a b', /layers takes MODEL only, not "b"/],
    ['layers a --format npz', /layers has no option --format/],
    ['explain', /explain needs MODEL and DATA/],
    ['explain a', /explain needs DATA/],
    ['explain a b c', /not "c"/],
    ['explain a b --json', /explain has no option --json/],
    ['explain a b --method lime', /--method cannot be "lime": say gradcam, hirescam/],
    ['explain a b --runtime cuda', /--runtime cannot be "cuda"/],
    ['explain a b --format bmp', /--format cannot be "bmp"/],
    ['explain a b --mask sometimes', /sometimes/],
    ['explain a b --frob', /--frob/],
    ['explain a b --layer', /--layer/],
  ];
  for (const [words, sentence] of nonsense) {
    it(`refuses: ${words}`, () => {
      assert.throws(
        () => readArguments(words.split(' ')),
        (error) => {
          assert.ok(error instanceof Refusal);
          assert.match(error.message, sentence);
          assert.doesNotMatch(error.message, /\n/);
          return true;
        },
      );
    });
  }
});
