import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readNpz } from '../../../src/data/numpy/readNpz.ts';
import { createEngine, type LocalEngine } from '../../../src/engine/service.ts';
import { explanationJson } from '../../../src/export/explanationJson.ts';
import { explanationNpz, npzPart } from '../../../src/export/explanationNpz.ts';
import { jsonText } from '../../../src/surfaces/json.ts';

const at = (name: string) => fileURLToPath(new URL(`../../fixtures/regression/${name}`, import.meta.url));

interface Reference {
  readonly project: Readonly<Record<string, unknown>> | null;
  readonly index: number;
  readonly values: readonly number[];
  readonly gradcam: readonly number[];
  readonly hirescam: readonly number[];
  readonly saliency: readonly (readonly number[])[];
}

/** PyTorch's answers and gradients (make.py beside the models). */
const reference: Readonly<Record<string, Reference>> = JSON.parse(readFileSync(at('reference.json'), 'utf8'));
/** Where another output than the one by default is asked for. */
const targets: Readonly<Record<string, string>> = { three: 'load', forecast: 'step 4 of pulse' };

describe('Outputs that are numbers', function () {
  this.timeout(20_000);
  let engine: LocalEngine;
  before(() => {
    engine = createEngine();
  });
  after(() => engine.dispose());
  const explain = (model: string, data: string, more: object = {}) =>
    engine.explain({ model: at(`${model}.onnx`), data: at(`${data}.npz`), ...more });

  for (const [name, expected] of Object.entries(reference)) {
    it(`are explained as PyTorch differentiates them: ${name}`, async () => {
      const set = Object.entries(expected.project ?? {}).map(
        ([key, value]) => `${key}=${JSON.stringify(value)}`,
      );
      const how = { set, target: targets[name], layer: 'body', relu: false };
      const near = (found: Float32Array, wanted: readonly number[], what: string) => {
        assert.equal(found.length, wanted.length, what);
        const most = Math.max(...wanted.map(Math.abs));
        const off = Math.max(...wanted.map((value, i) => Math.abs(value - found[i]!)));
        assert.ok(off <= 1e-5 * Math.max(1e-3, most), `${what}: off by ${off} of ${most}`);
      };
      for (const method of ['gradcam', 'hirescam'] as const) {
        const one = await explain(name, 'data', { ...how, method });
        assert.equal(one.target.index, expected.index);
        assert.equal(one.prediction.predicted, expected.index);
        assert.equal(one.prediction.probabilities, undefined);
        near(one.prediction.logits, expected.values, 'values');
        near(one.native.values, expected[method], method);
      }
      const saliency = await explain(name, 'data', { ...how, method: 'saliency' });
      near(saliency.native.values, expected.saliency.flat(), 'saliency');
    });
  }

  it('change under occlusion by what the output loses, and integrated gradients sum to that of all', async () => {
    const options = { window: { features: 1, steps: 1 } };
    const how = { method: 'occlusion', options, relu: false } as const;
    const { map, prediction } = await explain('one', 'data', how);
    const edits = [{ what: 'mask', from: 3, to: 4, features: [1] }];
    const without = await explain('one', 'data', { edits });
    const lost = prediction.logits[0]! - without.prediction.logits[0]!;
    assert.ok(
      Math.abs(map.values[map.columns + 3]! - lost) < 1e-6,
      `${map.values[map.columns + 3]} for ${lost}`,
    );
    const found = await explain('steps_nct', 'data', { method: 'integrated-gradients', relu: false });
    const { sum, difference } = found.completeness!;
    assert.ok(Math.abs(sum - difference) < 1e-4, `${sum} for ${difference}`);
  });
});

describe('Whether an output is a class or a number', function () {
  this.timeout(20_000);
  let engine: LocalEngine;
  before(() => {
    engine = createEngine();
  });
  after(() => engine.dispose());
  const explain = (model: string, data: string, set: readonly string[] = []) =>
    engine.explain({ model: at(`${model}.onnx`), data: at(`${data}.npz`), set });

  it('is told by real numbers that were measured, and the measured number stands beside the answer', async () => {
    const one = await explain('one', 'data');
    assert.ok(one.prediction.values);
    assert.match(one.instance.label!, /^-?\d+\.\d+$/);
    assert.deepEqual(
      one.findings.map(({ code }) => code).filter((code) => code !== 'all-negative-map'),
      ['taken-for-regression', 'outputs-are-numbers'],
    );
  });

  it('is told by labels 0 and 1: then there are two classes', async () => {
    const one = await explain('one', 'classes');
    assert.equal(one.prediction.values, undefined);
    assert.deepEqual(one.prediction.classes, ['class 0', 'class 1']);
    const flat = await explain('flat', 'classes');
    assert.equal(flat.prediction.classes.length, 2, 'an output [N] as well as [N, 1]');
  });

  it('is asked where nothing tells, and attribution.json answers', async () => {
    await assert.rejects(explain('one', 'unlabelled'), /gives one number without a sigmoid.*"task"/);
    assert.ok((await explain('one', 'unlabelled', ['task=regression'])).prediction.values);
    assert.equal((await explain('one', 'unlabelled', ['task=classification'])).prediction.values, undefined);
  });

  it('is told by as many measured numbers as the model has outputs', async () => {
    const three = await explain('three', 'several');
    assert.deepEqual(three.prediction.classes, ['output 0', 'output 1', 'output 2']);
    assert.equal((await explain('three', 'classes')).prediction.values, undefined);
  });

  it('is a class where the model ends in a sigmoid, unless somebody says otherwise', async () => {
    assert.equal((await explain('bounded', 'unlabelled')).prediction.values, undefined);
    const [value] = (await explain('bounded', 'data', ['task=regression'])).prediction.logits;
    assert.ok(value! > 0 && value! < 1, 'explained is what comes out of the sigmoid');
  });

  it('of a sequence the likeliest class, or the first channel, at the last real step is explained', async () => {
    const segment = await explain('segment_nct', 'unlabelled', ['outputs=["rest","walk","run"]']);
    assert.match(segment.target.name, /^step 14 of (rest|walk|run)$/);
    const unclear = explain('forecast', 'unlabelled');
    await assert.rejects(unclear, /which of both axes counts steps cannot be told.*"outputAxes"/);
  });

  it('is exported without probabilities and classes', async () => {
    const json = JSON.parse(jsonText(explanationJson(await explain('steps_ntc', 'data'), undefined)));
    assert.deepEqual(
      [json.task, json.output, json.outputIndex, json.outputStep, json.outputChannel],
      ['regression', 'step 14 of channel 0', 28, 14, 0],
    );
    assert.ok(Math.abs(json.value - json.values[28]) < 1e-9);
    for (const key of ['class', 'classes', 'probabilities', 'predicted', 'logits'])
      assert.ok(!(key in json), key);
    const npz = readNpz(explanationNpz([npzPart(await explain('one', 'data'))]), 'one.npz');
    assert.ok(npz.names.includes('values') && npz.names.includes('output_index'));
    assert.ok(!npz.names.includes('probabilities') && !npz.names.includes('predicted'));
  });

  it('refuses by name what counts classes', async () => {
    const source = { model: at('one.onnx'), data: at('data.npz') };
    await assert.rejects(engine.evaluate(source), /^Refusal: The evaluation of a map counts right answers/);
    await assert.rejects(engine.overview(source), /^Refusal: The dataset view counts right answers/);
    await assert.rejects(
      engine.explain({ ...source, against: 'runner-up' }),
      /none of them is the runner-up; name the output/,
    );
    await assert.rejects(engine.explain({ ...source, target: 'walk' }), /There is no output "walk"/);
  });
});
