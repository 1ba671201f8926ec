import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TrainRequest } from '../../../src/engine/requests.ts';
import { createEngine, type LocalEngine } from '../../../src/engine/service.ts';
import { timeAsFeature } from '../../../src/engine/train/timeAsFeature.ts';
import { readOnnx } from '../../../src/formats/onnx/readOnnx.ts';
import { rows } from './risingCsv.ts';

describe('training from scratch on a file', () => {
  let engine: LocalEngine;
  let folder: string;
  const write = (name: string, text: string) => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };
  const asked = (data: string, more: Partial<TrainRequest> = {}): TrainRequest => ({
    ...{ data, architecture: 'fcn', filters: 8, padding: 'end', masked: false, maskInput: false },
    ...{ epochs: 25, seed: 1, ...more },
  });
  const refused = (data: string, code: string, sentence: RegExp, more: Partial<TrainRequest> = {}) =>
    assert.rejects(engine.train(asked(data, more)), (error: { code: string; message: string }) => {
      assert.equal(error.code, code);
      assert.match(error.message, sentence);
      return true;
    });
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'attribution-train-'));
    engine = createEngine();
  });
  after(async () => {
    await engine.dispose();
    rmSync(folder, { recursive: true });
  });

  it('says that a column named like the time is learnt from, unless somebody named it', () => {
    const features = ['t', 'a'];
    assert.match(
      timeAsFeature({ features }, undefined)[0]!.sentence,
      /^The network learns from t as from any/,
    );
    assert.deepEqual(timeAsFeature({ features }, features), []);
    assert.deepEqual(timeAsFeature({ features: ['a'] }, undefined), []);
    assert.deepEqual(timeAsFeature({ features, time: { name: 'time', kind: 'number' } }, undefined), []);
  });

  it('says that another runtime runs than the one asked for', async () => {
    const was = process.env.ATTRIBUTION_TFJS_NODE;
    process.env.ATTRIBUTION_TFJS_NODE = folder;
    try {
      const asked20 = asked(write('few.csv', rows(20, 1)), { epochs: 1, filters: 2, prefer: 'tfjs-node' });
      const { report } = await engine.train(asked20);
      const said = report.findings.find(({ code }) => code === 'runtime-fallback');
      assert.match(
        said?.sentence ?? '',
        /^tfjs-node does not load here \(.*\), so models run with tfjs-wasm/,
      );
    } finally {
      if (was === undefined) delete process.env.ATTRIBUTION_TFJS_NODE;
      else process.env.ATTRIBUTION_TFJS_NODE = was;
    }
  });

  it('tells series apart that it has not seen, and its settings feed it', async () => {
    const [data, test] = [write('train.csv', rows(60, 1)), write('test.csv', rows(40, 2))];
    const { onnx, settings, report } = await engine.train(asked(data, { test }));
    assert.deepEqual(report.classes, ['down', 'up']);
    assert.equal(report.trainedOn, 48);
    assert.equal(report.validation!.n, 12);
    assert.equal(report.test!.n, 40);
    assert.ok(report.test!.value >= 0.9, `${report.test!.value}`);
    assert.ok(report.curve.at(-1)!.loss < 0.95 * report.curve[0]!.loss);
    const model = join(folder, 'model.onnx');
    writeFileSync(model, onnx);
    const project = write('attribution.json', JSON.stringify({ model: 'model.onnx', ...settings }));
    const { metadata, constants, nodes } = readOnnx(onnx);
    const said = JSON.parse(metadata!.get('attribution.provenance')!);
    const hash = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex');
    assert.deepEqual([said.data, said.data_sha256], ['train.csv', hash(data)]);
    assert.deepEqual([said.test, said.test_sha256], ['test.csv', hash(test)]);
    assert.deepEqual(said.figures, { validation: report.validation, test: report.test });
    assert.match(`${said.runtime} ${said.version}`, /^onnxruntime\S* \S+ \d+\.\d+\.\d+$/);
    assert.equal(said.divergedAt, undefined);
    const read = new Set(nodes.flatMap(({ inputs }) => inputs));
    assert.deepEqual(
      [...constants.keys()].filter((name) => !read.has(name)),
      [],
    );
    const explained = await engine.explainSome({ model, data: test, project, instances: [0, 1, 2, 3] });
    const right = explained.filter(
      ({ prediction, instance }) => prediction.classes[prediction.predicted] === instance.label,
    ).length;
    assert.ok(right >= 3, `${right} of 4`);
    rmSync(project);
  });

  it('gives the same file for the same seed, another for another', async () => {
    const data = write('train.csv', rows(20, 1));
    const once = (seed: number) => engine.train(asked(data, { seed, epochs: 2 }));
    const [first, again, other] = [await once(3), await once(3), await once(4)];
    assert.deepEqual(first.onnx, again.onnx);
    assert.notDeepEqual(first.onnx, other.onnx);
  });

  it('takes statistics over real steps, whether the file is padded or not', async () => {
    const text = rows(20, 1);
    const lines = text.trim().split('\n');
    const padded = lines.flatMap((line, i) => {
      const [id, t, label] = line.split(',');
      const isLast = i > 0 && lines[i + 1]?.split(',')[0] !== id;
      const more = Array.from(
        { length: 14 - Number(t) - 1 },
        (_, k) => `${id},${Number(t) + 1 + k},${label},0,0`,
      );
      return isLast ? [line, ...more] : [line];
    });
    const settings = async (name: string, content: string) =>
      (await engine.train(asked(write(name, content), { epochs: 1 }))).settings.preprocess;
    const plain = (await settings('plain.csv', text)) as [{ standardize: { mean: number[] } }, object];
    assert.deepEqual(await settings('padded.csv', `${padded.join('\n')}\n`), plain);
    assert.deepEqual(plain[1], { pad: { to: 14, value: 0, side: 'end' } });
  });

  it('weighs classes and smooths labels where that was asked', async () => {
    // Every fourth of the rising ones stays.
    const kept = (line: string, n: number) => (n % 2 === 0 && n % 8 !== 0 ? '' : line);
    const data = write('rare.csv', rows(40, 1, kept).replace(/\n+/g, '\n'));
    const once = async (more: Partial<TrainRequest>) =>
      (await engine.train(asked(data, { epochs: 1, ...more }))).report;
    const [plain, found] = [await once({}), await once({ classWeights: 'balanced', smoothing: 0.1 })];
    assert.deepEqual([plain.classWeights, plain.smoothing], [undefined, undefined]);
    // A fifth of each class is set aside: 16 falling ones and 4 rising ones are left.
    assert.deepEqual(found.classWeights, [20 / 32, 20 / 8]);
    assert.equal(found.smoothing, 0.1);
    assert.notEqual(found.curve[0]!.loss, plain.curve[0]!.loss);
  });

  it('computes the mask inside, or takes it as a second input where that was asked', async () => {
    const data = write('train.csv', rows(20, 1));
    for (const [maskInput, inputs] of [
      [false, 1],
      [true, 2],
    ] as const) {
      const { onnx, report } = await engine.train(
        asked(data, { architecture: 'gru', masked: true, maskInput, epochs: 1 }),
      );
      const { constants, nodes } = readOnnx(onnx);
      assert.ok(!constants.has('rnn.last'), 'what nothing reads is not written');
      const ends = nodes.filter(({ op }) => op === 'CumSum').length;
      assert.equal(ends, maskInput ? 0 : 2, 'padding is found at either end');
      assert.equal(report.maskInput, maskInput);
      const model = join(folder, 'masked.onnx');
      writeFileSync(model, onnx);
      const { findings } = await engine.model({ model });
      assert.equal(findings.filter(({ code }) => code === 'mask-input').length, inputs - 1);
    }
  });

  it('pads batches of like length to their own, and writes a model of the longest', async () => {
    const data = write('buckets.csv', rows(80, 1));
    const { settings, report } = await engine.train(asked(data, { padding: 'bucketed' }));
    assert.equal(report.buckets!.length, 2);
    assert.equal(report.buckets!.at(-1), report.steps);
    assert.deepEqual((settings.preprocess as unknown[])[1], {
      pad: { to: report.steps, value: 0, side: 'end' },
    });
    assert.ok(report.curve.at(-1)!.loss < 0.95 * report.curve[0]!.loss);
    assert.match(
      report.findings.find(({ code }) => code === 'bucketed')!.sentence,
      /^Batches of like length were padded to 10, 14 steps in training; the model that is written takes 14 steps padded at the end/,
    );
  });

  it('says where it rests on few series, and which classes have none to choose the epoch by', async () => {
    const said = async (name: string, text: string) =>
      (await engine.train(asked(write(name, text), { epochs: 1 }))).report.findings
        .filter(({ code }) => code === 'few-series')
        .map(({ sentence }) => sentence);
    assert.deepEqual(await said('enough.csv', rows(20, 1)), []);
    const rare = rows(20, 1, (line, n) => (n < 4 ? line.replace(/,(up|down),/, ',rare,') : line));
    const two = rows(20, 1, (line, n) => (n < 2 ? line.replace(/,(up|down),/, ',rare,') : line));
    assert.deepEqual(await said('four.csv', rare), [
      'four.csv has 20 series, 4 of class rare: below 20, or 5 of a class, what a network learns is mostly chance.',
    ]);
    const [few, unseen] = await said('two.csv', two);
    assert.match(few!, /^two\.csv has 20 series, 2 of class rare: /);
    assert.equal(
      unseen,
      'No series of rare could be set aside for validation, so the epoch was chosen by the other classes.',
    );
    assert.match((await said('eight.csv', rows(8, 1)))[0]!, /^eight\.csv has 8 series, 4 of class down: /);
  });

  it('says where settings that were found pad to more than the longest series', async () => {
    const data = write('short.csv', rows(12, 1));
    const project = write('other.attribution.json', '{"preprocess":[{"pad":{"to":40}}]}');
    const { report } = await engine.train(asked(data, { project, epochs: 1 }));
    assert.equal(report.steps, 40);
    const found = report.findings.find(({ code }) => code === 'padded-beyond');
    assert.match(
      found?.sentence ?? '',
      /padded to 40 steps, as attribution\.json says; the longest has 1\d\./,
    );
  });

  it('says where settings pad at the front and the network does not', async () => {
    const project = write('front.attribution.json', '{"preprocess":[{"pad":{"to":20,"side":"front"}}]}');
    const data = write('sided.csv', rows(12, 1));
    const said = async (padding: 'end' | 'start') =>
      (await engine.train(asked(data, { project, epochs: 1, padding }))).report.findings.filter(
        ({ code }) => code === 'padded-otherwise',
      ).length;
    assert.deepEqual([await said('end'), await said('start')], [1, 0]);
  });

  it('says where settings that were found name other classes', async () => {
    const data = write('classes.csv', rows(12, 1));
    for (const [named, learnt, sentence] of [
      [
        ['up', 'down', 'flat'],
        ['up', 'down', 'flat'],
        /names classes that no series of the file has \(flat\)/,
      ],
      [['a', 'b'], ['down', 'up'], /names other classes \(a, b\); they are not used/],
      [['up', 'down'], ['up', 'down'], undefined],
    ] as const) {
      const project = write('named.attribution.json', JSON.stringify({ classes: named }));
      const { report } = await engine.train(asked(data, { project, epochs: 1 }));
      assert.deepEqual(report.classes, learnt);
      const found = report.findings.find(({ code }) => code === 'other-classes');
      if (sentence) assert.match(found!.sentence, sentence);
      else assert.equal(found, undefined);
    }
  });

  it('numbers classes by value where they are numbers', async () => {
    const text = rows(20, 1).replaceAll(',up,', ',2,').replaceAll(',down,', ',10,');
    const { report } = await engine.train(asked(write('numbers.csv', text), { epochs: 1 }));
    assert.deepEqual(report.classes, ['2', '10']);
  });

  it('refuses what nothing can be learnt from', async () => {
    await refused(
      write('bare.csv', rows(6, 1).replaceAll(/,(label|up|down),/g, ',')),
      'no-labels',
      /no labels to learn/,
    );
    await refused(
      write('one.csv', rows(6, 1).replaceAll(',up,', ',down,')),
      'one-class',
      /only one class, "down"/,
    );
    const first = rows(6, 1, (line, n) => (n === 0 ? line.replace(/,(up|down),/, ',,') : line));
    await refused(
      write('first.csv', first),
      'no-labels',
      /first\.csv: instance "s0" \(line 2\) has no label; training needs one of every series/,
    );
    const rare = rows(6, 1, (line, n) => (n === 0 ? line.replace(',up,', ',rare,') : line));
    await refused(write('rare.csv', rare), 'too-few', /one series of class "rare"/);
    const strange = write('strange.csv', rows(6, 1).replaceAll(',up,', ',sideways,'));
    const data = write('train.csv', rows(20, 1));
    await refused(
      data,
      'unknown-label',
      /strange\.csv: instance "s\d+" \(line \d+\) has the label "sideways"/,
      { test: strange, epochs: 1 },
    );
    const bare = write('bare-test.csv', rows(6, 1).replaceAll(/,(label|up|down),/g, ','));
    await refused(data, 'unknown-label', /"s0" \(line 2\) has no label/, { test: bare, epochs: 1 });
    await refused(data, 'test-is-train', /hold the same: a network is not judged/, { test: data });
    await refused(data, 'too-many-weights', /FCN of 99999 filters has about \d+ million weights/, {
      filters: 99_999,
    });
    await refused(data, 'cannot-mask', /choose one of the two/, { padding: 'mask-channel', masked: true });
    await refused(join(folder, 'none.csv'), 'file-missing', /none\.csv/);
  });

  it('can be cancelled', async () => {
    const stop = new AbortController();
    const data = write('train.csv', rows(60, 1));
    const report = () => stop.abort(new Error('enough'));
    const { report: found } = await engine
      .train(asked(data, { epochs: 500 }), { report, signal: stop.signal })
      .catch((error: Error) => ({ report: { ended: error.message, curve: [] } }));
    assert.ok(['cancelled', 'enough'].includes(found.ended), found.ended);
    assert.ok(found.curve.length < 500);
  });
});
