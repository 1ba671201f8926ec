import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeNpz } from '../../../src/data/numpy/writeNpz.ts';
import { createEngine, type LocalEngine } from '../../../src/engine/service.ts';
import { readOnnx } from '../../../src/formats/onnx/readOnnx.ts';
import { writeOnnx } from '../../../src/formats/onnx/writeOnnx.ts';
import { float32 } from '../../../src/graph/tensor.ts';
import { OWN_SETTINGS, ownSettings } from '../../../src/project/ownSettings.ts';
import { refusal } from '../refusal.ts';

/** Of the second feature, whatever the class. */
const second = (n: number, t: number) => (n % 5) + (t % 2) / 2;

/** Thirty series of 5 to 8 steps in raw units, falling or rising in `a`. */
function csv(names: readonly [string, string]): string {
  const lines = [`case,t,label,${names.join(',')}`];
  for (let n = 0; n < 30; n++) {
    const slope = n % 2 === 0 ? 3 : -3;
    for (let t = 0; t < 5 + (n % 4); t++)
      lines.push(`s${n},${t},${slope > 0 ? 'up' : 'down'},${100 + slope * t},${second(n, t)}`);
  }
  return `${lines.join('\n')}\n`;
}

describe('the settings that a trained model holds itself', () => {
  let engine: LocalEngine;
  let folder: string;
  let data: string;
  let model: string;
  let right: readonly string[];
  const write = (name: string, content: string | Uint8Array) => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };
  /** Bits of the logits, and what is said of settings. */
  const answers = async (asked: { data?: string; model?: string; project?: string } = {}) => {
    const all = await engine.explainSome({ data, model, instances: [0, 1, 2], ...asked });
    return {
      logits: all.map(({ prediction }) => [...prediction.logits].join()),
      classes: all[0]!.prediction.classes,
      said: all[0]!.findings.filter(({ code }) => code === 'own-settings').map(({ sentence }) => sentence),
    };
  };
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'attribution-own-'));
    mkdirSync(join(folder, 'models'));
    engine = createEngine();
    data = write('train.csv', csv(['a', 'b']));
    const request = {
      architecture: 'fcn',
      filters: 4,
      padding: 'start',
      masked: false,
      maskInput: false,
    } as const;
    const { onnx, settings } = await engine.train({ ...request, data, epochs: 2, seed: 1 });
    model = write('models/m.onnx', onnx);
    right = (await answers({ project: write('right.json', JSON.stringify(settings)) })).logits;
  });
  after(async () => {
    await engine.dispose();
    rmSync(folder, { recursive: true });
  });

  it('feed it where no attribution.json does, and that is said', async () => {
    const { logits, classes, said } = await answers();
    assert.deepEqual([logits, classes], [right, ['down', 'up']]);
    assert.equal(said.length, 1);
    assert.match(
      said[0]!,
      /^How series come to m\.onnx \(standardize and pad; classes down, up\) is taken from/,
    );
    const { classes: shown } = await engine.model({ model });
    assert.deepEqual(shown, ['down', 'up']);
    const { preprocessing } = await engine.audit({ model, data });
    // It is asked about the series it was trained on, which is said first.
    assert.match(preprocessing[0]!.sentence, /^This model has learnt from these instances/);
    assert.deepEqual(preprocessing[1]!.sentence, said[0]);
    const { findings } = await engine.evaluate({ model, data, most: 4, draws: 1 });
    assert.equal(findings![1]!.sentence, said[0]);
  });

  it('hold how missing values were filled, beside another way that attribution.json names, too', async () => {
    const holes = csv(['a', 'b']).replace(/,(\d+),([\d.]+)\n(s\d+,3)/g, ',,$2\n$3');
    assert.match(holes, /,,/);
    const holed = write('holes.csv', holes);
    const request = {
      architecture: 'fcn',
      filters: 4,
      padding: 'end',
      masked: false,
      maskInput: false,
    } as const;
    const set = ['data.missing=zero'];
    const { onnx } = await engine.train({ ...request, data: holed, set, epochs: 1, seed: 1 });
    const own = write('models/holes.onnx', onnx);
    assert.equal(ownSettings(readOnnx(onnx).metadata)!.missing, 'zero');
    const told = await answers({ data: holed, model: own });
    assert.match(told.said[0]!, /classes down, up; missing values: "zero"\) is taken from the model itself/);
    const project = write('other.json', '{"data":{"missing":"interpolate"}}');
    const other = await answers({ data: holed, model: own, project });
    assert.deepEqual(other.logits, told.logits);
    assert.match(
      other.said[0]!,
      /^attribution\.json sets "missing" to interpolate, and holes\.onnx was trained with zero: what it was trained with is used/,
    );
    const { facts } = await engine.data({ model: own, data: holed });
    assert.ok(facts.find(({ topic }) => topic === 'missing')!.byModel);
  });

  it('are nothing to change: how the file is read says that they are the model’s', async () => {
    const { facts } = await engine.data({ model, data });
    const those = facts.filter(({ byModel }) => byModel);
    assert.deepEqual(
      those.map(({ topic }) => topic),
      ['classes', 'standardise', 'pad'],
    );
    for (const { why } of those) assert.match(why, /^the model itself/);
    assert.ok((await engine.data({ data })).facts.every(({ byModel }) => byModel === undefined));
  });

  for (const [what, settings, sentences] of [
    [
      'other statistics',
      { preprocess: [{ standardize: { mean: [0, 2], std: [1, 1] } }] },
      [
        /attribution\.json standardises a by mean 0 and deviation 1, and m\.onnx was trained with mean \d+\S* and deviation \d/,
      ],
    ],
    [
      'other padding and another order of classes',
      {
        classes: ['up', 'down'],
        preprocess: [{ standardize: 'instance' }, { pad: { to: 8, side: 'end', value: 7 } }],
      },
      [
        /standardises each series by itself, and m\.onnx was trained with mean \d/,
        /pads series to 8 steps at the end with 7, and m\.onnx was trained with series padded to 8 steps at the front with 0/,
        /names the classes up, down, and m\.onnx was trained with down, up/,
      ],
    ],
    [
      'another order of features',
      { data: { features: ['b', 'a'] } },
      [/lists the features b, a, and .* with a, b/],
    ],
    ['the input of another model', { input: 'NTF' }, [/takes the input for NTF, and .* NFT/]],
    ['the same, by its training file', { preprocess: [{ standardize: { from: 'train.csv' } }] }, []],
  ] as const) {
    it(`go before ${what}, with both said`, async () => {
      const { logits, said } = await answers({ project: write('other.json', JSON.stringify(settings)) });
      assert.deepEqual(logits, right);
      const warned = said.filter((sentence) => sentence.startsWith('attribution.json'));
      assert.equal(warned.length, sentences.length, said.join('\n'));
      for (const [i, sentence] of sentences.entries()) assert.match(warned[i]!, sentence);
    });
  }

  it('ask for columns of other names, and take them where they are listed', async () => {
    const other = write('other.csv', csv(['x', 'y']));
    await assert.rejects(
      answers({ data: other }),
      refusal('missing-features', /a, b.*The model was trained with them/),
    );
    const project = write('names.json', JSON.stringify({ data: { features: ['x', 'y'] } }));
    const { logits, said } = await answers({ data: other, project });
    assert.deepEqual(logits, right);
    assert.match(
      said[0]!,
      /lists the features x, y, and m\.onnx was trained with a, b: they are taken for those/,
    );
    // Settings of another training, whose columns this file has not.
    const elsewhere = await answers({ project });
    assert.deepEqual(elsewhere.logits, right);
    assert.match(
      elsewhere.said[0]!,
      /lists the features x, y, and m\.onnx was trained with a, b: what it was/,
    );
    const { instances } = await engine.data({ model, data, project });
    assert.equal(instances.length, 30);
  });

  it('know columns called f0, f1 in another order, as those of any other names; a file without names goes by its own', async () => {
    const request = {
      architecture: 'fcn',
      filters: 4,
      padding: 'start',
      masked: false,
      maskInput: false,
    } as const;
    const named = write('numbered.csv', csv(['f0', 'f1']));
    const { onnx } = await engine.train({ ...request, data: named, epochs: 2, seed: 1 });
    const numbered = write('models/numbered.onnx', onnx);
    const of = async (file: string) => (await answers({ model: numbered, data: file })).logits;
    const turned = csv(['f0', 'f1']).replace(/^((?:[^,\n]*,){3})([^,\n]*),(.*)$/gm, '$1$3,$2');
    assert.match(turned, /^case,t,label,f1,f0\ns0,0,up,0,100\n/);
    const wanted = await of(named);
    assert.deepEqual(await of(write('turned.csv', turned)), wanted);
    assert.deepEqual(await of(write('called.csv', csv(['x', 'y']))), wanted);
  });

  it('tell an array in the model’s own shape that is raw from one that is standardised', async () => {
    const statistics = ownSettings(readOnnx(await engine.converted({ model })).metadata)!.preprocess[0]!;
    assert.ok(statistics.kind === 'standardize' && statistics.by === 'given');
    const { mean, std } = statistics;
    const put = (ready: boolean) => {
      const x = new Float32Array(30 * 2 * 8);
      for (let n = 0; n < 30; n++) {
        const [length, slope] = [5 + (n % 4), n % 2 === 0 ? 3 : -3];
        for (let t = 0; t < length; t++) {
          for (const [f, value] of [100 + slope * t, second(n, t)].entries()) {
            x[(n * 2 + f) * 8 + 8 - length + t] = ready ? (value - mean[f]!) / std[f]! : value;
          }
        }
      }
      return write(ready ? 'ready.npz' : 'raw.npz', writeNpz({ x: float32([30, 2, 8], x) }));
    };
    const plain = write('plain.onnx', writeOnnx(readOnnx(await engine.converted({ model })), new Map()));
    // Beside statistics in numbers and a training file: of both an attribution.json may speak.
    const given = JSON.parse(readFileSync(join(folder, 'right.json'), 'utf8'));
    const preprocess = [{ standardize: { from: 'train.csv' } }, ...given.preprocess.slice(1)];
    const learnt = write('learnt.json', JSON.stringify({ ...given, preprocess }));
    const ways = [
      { model },
      { model: plain, project: join(folder, 'right.json') },
      { model: plain, project: learnt },
    ];
    for (const [way, ready] of ways.flatMap((each) => [[each, false] as const, [each, true] as const])) {
      const all = await engine.explainSome({ data: put(ready), ...way, instances: [0, 1, 2] });
      for (const [n, { prediction }] of all.entries()) {
        const own = right[n]!.split(',').map(Number);
        for (const [i, logit] of prediction.logits.entries())
          assert.ok(Math.abs(logit - own[i]!) < 1e-3, `${way.project} ${ready}`);
      }
      assert.equal(
        all[0]!.findings.some(({ code }) => code === 'raw-array'),
        !ready,
      );
    }
  });

  it('feed an array that is padded beyond the longest series, whose padding nobody has named', async () => {
    const x = new Float32Array(30 * 12 * 2);
    for (let n = 0; n < 30; n++) {
      for (let t = 0; t < 5 + (n % 4); t++) {
        x.set([100 + (n % 2 === 0 ? 3 : -3) * t, second(n, t)], (n * 12 + t) * 2);
      }
    }
    const beyond = write('beyond.npz', writeNpz({ x: float32([30, 12, 2], x) }));
    const of = (file: string) => engine.explainSome({ data: file, model, instances: [0, 1, 2, 3] });
    const [padded, plain] = [await of(beyond), await of(data)];
    for (const [n, { padding, prediction, findings }] of padded.entries()) {
      assert.equal(padding.length, 5 + n);
      assert.deepEqual(prediction.logits, plain[n]!.prediction.logits);
      assert.match(
        findings.map(({ sentence }) => sentence).join('\n'),
        new RegExp(
          `the last ${7 - n} steps in the file repeat one value in every feature and are taken as padding`,
        ),
      );
    }
    assert.equal((await engine.audit({ data: beyond, model })).steps, 8);
  });

  it('lead nowhere, whatever a file says', async () => {
    const graph = readOnnx(await engine.converted({ model }));
    const own = JSON.parse(graph.metadata!.get(OWN_SETTINGS)!);
    const read = (change: object) =>
      ownSettings(new Map([[OWN_SETTINGS, JSON.stringify({ ...own, ...change })]]));
    assert.ok(read({}));
    for (const change of [
      { preprocess: { script: 'evil.py' } },
      { preprocess: [{ standardize: { from: '/etc/passwd' } }] },
      { model: '/etc/passwd' },
      { classes: 'up' },
      { preprocess: [{ standardize: { mean: [0], std: [1] } }] },
    ]) {
      assert.equal(read(change), undefined, JSON.stringify(change));
    }
    assert.equal(ownSettings(new Map([[OWN_SETTINGS, '{']])), undefined);
    const broken = write('broken.onnx', writeOnnx(graph, new Map([[OWN_SETTINGS, '[]']])));
    assert.deepEqual((await answers({ model: broken })).said, []);
  });

  it('stay with a masked copy', async () => {
    const { bytes } = await engine.masked({ model, data });
    assert.ok(ownSettings(readOnnx(bytes).metadata));
    assert.ok(ownSettings(readOnnx((await engine.masked({ model })).bytes).metadata));
  });
});
