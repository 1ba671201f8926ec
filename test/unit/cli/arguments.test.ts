import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { switchesOf } from '../../../src/attribution/switches.ts';
import { readArguments } from '../../../src/cli/arguments.ts';
import { COMMANDS } from '../../../src/cli/commands.ts';
import { Refusal } from '../../../src/refusal.ts';

const explain = (...words: string[]) => readArguments(['explain', 'm.onnx', 'd.csv', ...words]);

describe('command line', () => {
  it('masked reads no data, not even the folder it is asked in, unless they are named', () => {
    const data = (...words: string[]) => {
      const asked: { readonly data?: string | undefined } = readArguments([
        'masked',
        'm.onnx',
        'o.onnx',
        ...words,
      ]) as never;
      return asked.data;
    };
    assert.deepEqual([data(), data('--drop-in', 'd.csv')], [undefined, resolve('d.csv')]);
  });

  it('has a default for everything but the files', () => {
    assert.deepEqual(explain(), {
      name: 'explain',
      model: resolve('m.onnx'),
      data: resolve('d.csv'),
      case: undefined,
      layer: undefined,
      target: undefined,
      everyClass: false,
      against: undefined,
      negative: false,
      method: undefined,
      options: {},
      ...switchesOf({}),
      mask: undefined,
      set: undefined,
      config: undefined,
      runtime: 'auto',
      timeout: undefined,
      truncate: false,
      format: 'json',
      theme: 'light',
      out: undefined,
    });
  });

  it('converts to ONNX only, so that mixed-up names overwrite no model', () => {
    assert.deepEqual(readArguments(['convert', 'm.keras', 'o.onnx']), {
      name: 'convert',
      model: resolve('m.keras'),
      out: resolve('o.onnx'),
      timeout: undefined,
    });
    const wrong =
      (...words: string[]) =>
      () =>
        readArguments(['convert', ...words]);
    assert.throws(
      wrong('o.onnx', 'm.keras'),
      /convert writes ONNX, so the file that is written must end in \.onnx/,
    );
    for (const name of ['masked', 'explainer'])
      assert.throws(
        () => readArguments([name, 'm.onnx', 'data.csv']),
        new RegExp(`${name} writes ONNX.*\\.onnx, not "data\\.csv"`),
      );
    assert.throws(wrong('m.keras'), /convert needs OUT\.onnx/);
    assert.throws(wrong('m.keras', 'o.onnx', '--json'), /convert has no option/);
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

  it('says of a number what the option takes, whatever is wrong with it', () => {
    const train =
      (...words: string[]) =>
      () =>
        readArguments(['train', 'fcn', 'd.csv', '--out', 'o.onnx', ...words]);
    for (const epochs of ['0', '-3', 'abc', '1.5']) {
      assert.throws(
        train('--epochs', epochs),
        new RegExp(`--epochs takes a whole number from 1 to 100000, not "${epochs}"`),
      );
    }
    for (const rate of ['-1', '-.5', '0', 'abc', 'NaN']) {
      assert.throws(train('--rate', rate), new RegExp(`--rate takes a number above 0, .*, not "${rate}"`));
    }
    assert.throws(train('--epochs'), /^Refusal: --epochs needs a value behind it \(/);
    assert.throws(train('--epochs', '--masked'), /--epochs needs a value behind it/);
    assert.throws(train('--masked=yes'), /--masked takes no value/);
  });

  it('takes no number without an end, and says where it is', () => {
    let asked = 0;
    for (const { name, options } of COMMANDS) {
      for (const [option, { takes, read }] of Object.entries(options)) {
        if (takes !== 'N' && takes !== 'X') continue;
        asked++;
        for (const over of ['1e32', '9'.repeat(400), '-1', 'Infinity']) {
          assert.throws(
            () => read(over, option),
            /(?:--[\w-]+ takes a|option --\w+ cannot be ).*(?:from \d+ to \d+|up to \d+|below 1)/,
            `${name} --${option} ${over}`,
          );
        }
      }
    }
    assert.ok(asked > 20);
    assert.deepEqual(explain('--timeout', '1000000').timeout, 1_000_000);
    assert.throws(
      () => explain('--timeout', '1000001'),
      /--timeout takes a whole number from 1 to 1000000, not/,
    );
  });

  it('reads the options of methods', () => {
    const words =
      '--method occlusion --class walk --against runner-up --negative --replacement instance:run 3 --window allx10 --stride 1x2';
    const command = explain(...words.split(/ (?!3)/));
    assert.equal(command.against, 'runner-up');
    assert.equal(command.negative, true);
    assert.deepEqual(command.options, {
      replacement: { kind: 'instance', id: 'run 3' },
      window: { features: null, steps: 10 },
      stride: { features: 1, steps: 2 },
    });
    const smooth = explain('--method', 'smoothgrad', '--samples', '20', '--noise', '.2', '--seed', '7');
    assert.deepEqual(smooth.options, { samples: 20, noise: 0.2, seed: 7 });
    assert.deepEqual(explain('--class', 'all').everyClass, true);
    assert.equal(explain('--class', 'all').target, undefined);
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
    ['frobnicate', /no command "frobnicate".*layers, data, explain/],
    ['--json', /Say what to do/],
    ['layers', /layers needs MODEL/],
    ['layers a b', /layers takes MODEL only, not "b"/],
    ['mcp .', /mcp takes options only, not "\."/],
    ['layers a --format npz', /layers has no option --format/],
    ['explain', /explain needs MODEL and DATA/],
    ['explain a', /explain needs DATA/],
    ['explain a b c', /not "c"/],
    ['explain a b --json', /explain has no option --json/],
    ['explain a b --method lime', /--method cannot be "lime": say gradcam, hirescam/],
    ['explain a b --method hirescam --samples 5', /hirescam has no option --samples; it has none of its own/],
    [
      'explain a b --method occlusion --baseline zero',
      /no option --baseline; it has --replacement, --window/,
    ],
    [
      'explain a b --baseline nothing',
      /--baseline cannot be "nothing": give zero, mean, noise or instance:ID/,
    ],
    ['explain a b --samples 0', /--samples cannot be "0": give a whole number from 1/],
    ['explain a b --window 5', /--window cannot be "5": give features x steps/],
    ['explain a b --class all --against walk', /--class all and --against cannot go together/],
    ['dataset a b --class all', /--class cannot be all/],
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
