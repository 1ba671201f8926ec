import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { EvaluateRequest } from '../../../src/engine/requests.ts';
import { createEngine, type LocalEngine } from '../../../src/engine/service.ts';
import type { CompletenessFigures } from '../../../src/evaluation/evaluation.ts';
import { noiseCsv as csv } from '../../fixtures/noiseCsv.ts';
import { refusal } from '../refusal.ts';
import { known } from './known.ts';

const tiny = (name: string) => fileURLToPath(new URL(`../../fixtures/tiny/${name}`, import.meta.url));

describe('evaluating the maps of a file', function () {
  this.timeout(60_000);
  let engine: LocalEngine;
  let folder: string;
  let data: string;
  before(() => {
    engine = createEngine();
    folder = mkdtempSync(join(tmpdir(), 'attribution-evaluate-'));
    data = join(folder, 'noise.csv');
    writeFileSync(data, csv({ labelled: true }));
  });
  after(async () => {
    await engine.dispose();
    rmSync(folder, { recursive: true, force: true });
  });

  const ask = (over: Partial<EvaluateRequest> = {}): EvaluateRequest => ({
    ...{ model: tiny('tiny.onnx'), project: tiny('attribution.json'), data },
    ...over,
  });

  it('gives every number for every replacement, the same for the same seed', async () => {
    const [one, again, other] = [
      await engine.evaluate(ask({ draws: 2 })),
      await engine.evaluate(ask({ draws: 2 })),
      await engine.evaluate(ask({ seed: 2, draws: 1, allWeightsOnly: true, replacements: ['noise'] })),
    ];
    assert.deepEqual(one, again);
    const noise = (found: typeof one) => found.removal.filter(({ replacement }) => replacement === 'noise');
    assert.notDeepEqual(noise(one), noise(other));
    assert.equal(one.instances.length, 14);
    assert.deepEqual(
      one.removal.map(({ scope, replacement }) => `${scope} ${replacement}`),
      ['real', 'all'].flatMap((scope) =>
        ['channel_mean', 'own_mean', 'noise', 'last_value'].map((name) => `${scope} ${name}`),
      ),
    );
    for (const { deletion, insertion, random, deletionArea } of one.removal) {
      assert.ok(Math.abs(deletion.probability[0]! - insertion.probability.at(-1)!) < 1e-6);
      assert.ok(Math.abs(deletion.probability.at(-1)! - insertion.probability[0]!) < 1e-6);
      assert.ok(Math.abs(deletion.probability[0]! - random.probability[0]!) < 1e-6);
      assert.ok(deletionArea.value >= 0 && deletionArea.value <= 1);
    }
    assert.equal(known(one.randomisation).n, 14);
    assert.match(one.verdicts.truth.reason, /--truth FILE\.json/);
    // On standardised data the channel mean is zero, and so is the padding: replacing it changes nothing.
    const worth = known(one.padding).drop.find(({ replacement }) => replacement === 'channel_mean')!;
    assert.equal(worth.drop.value, 0);
  });

  it('of one instance: facts, and no verdict that rests on a mean', async () => {
    const one = await engine.evaluate(ask({ instances: [5], replacements: ['zero'] }));
    assert.deepEqual(
      one.instances.map(({ id }) => id),
      ['i5'],
    );
    assert.equal(one.verdicts.order.answer, 'cannot tell');
    assert.match(one.verdicts.order.reason, /beats \d+ % of random orders under zero.*at least 10 instances/);
    assert.equal(known(one.randomisation).draws, 10);
  });

  it('a sample of a long file, and says how many there were', async () => {
    const drawn = async (seed: number) => {
      const { instances, of } = await engine.evaluate(
        ask({ most: 5, replacements: ['zero'], draws: 1, seed }),
      );
      assert.deepEqual([instances.length, of], [5, 14]);
      return instances.map(({ index }) => index);
    };
    const [one, other] = [await drawn(1), await drawn(2)];
    // By chance: classes that take turns are not met at every second place alone.
    assert.deepEqual(new Set(one.map((index) => index % 2)).size, 2);
    assert.deepEqual(
      one,
      [...new Set(one)].sort((a, b) => a - b),
    );
    assert.deepEqual(await drawn(1), one);
    assert.notDeepEqual(other, one);
  });

  it('HiResCAM and Grad-CAM add up to logit − bias at the last layer of a pooled-linear head', async () => {
    const { layers } = await engine.model({ model: tiny('tiny.onnx') });
    const last = layers.find(({ marks }) => marks.includes('last conv'))!.name;
    for (const method of ['gradcam', 'hirescam'] as const) {
      const { completeness, verdicts } = await engine.evaluate(
        ask({ method, layer: last, replacements: ['zero'], draws: 1, allWeightsOnly: true }),
      );
      const sum: CompletenessFigures = known(completeness);
      assert.equal(sum.identity, 'logit − bias');
      assert.ok(sum.largest < 1e-5, `${sum.largest}`);
      assert.equal(verdicts.sum.answer, 'adds up');
    }
    const first = layers.find(({ marks }) => marks.includes('first conv'))!.name;
    if (first !== last) {
      const { verdicts } = await engine.evaluate(
        ask({ layer: first, replacements: ['zero'], draws: 1, allWeightsOnly: true }),
      );
      assert.equal(verdicts.sum.answer, 'not defined');
      assert.match(verdicts.sum.reason, new RegExp(`at ${last}, the last layer`));
    }
  });

  it('so do those of the masked model, its mask told or found by itself', async () => {
    const { model, project } = ask();
    for (const request of [{ model, project }, ask()]) {
      const masked = join(folder, 'masked.onnx');
      writeFileSync(masked, (await engine.masked(request)).bytes);
      const { layers } = await engine.model({ model: masked });
      const layer = layers.find(({ marks }) => marks.includes('last conv'))!.name;
      const one = await engine.evaluate(
        ask({
          ...{ model: masked, method: 'hirescam', layer, replacements: ['zero'] },
          ...{ draws: 1, allWeightsOnly: true },
        }),
      );
      const { identity, largest } = known(one.completeness) as CompletenessFigures;
      assert.equal(identity, 'logit − bias');
      assert.ok(largest < 1e-4, `${largest}`);
    }
  });

  it('integrated gradients add up to what lies between the instance and its baseline', async () => {
    const { completeness, verdicts, cells, how } = await engine.evaluate(
      ask({ method: 'integrated-gradients', replacements: ['zero'], draws: 1, most: 6 }),
    );
    assert.deepEqual([how.layer, cells], ['input', 'feature × step']);
    assert.equal(known(completeness).identity, 'logit(x) − logit(baseline)');
    assert.equal(verdicts.sum.answer, 'adds up', verdicts.sum.reason);
  });

  it('refuses what it cannot judge', async () => {
    await assert.rejects(
      engine.evaluate(ask({ maskedModel: true })),
      refusal('masked-model', /turn Masked Model off/),
    );
    await assert.rejects(
      engine.evaluate(ask({ instances: [] })),
      refusal('no-such-instance', /no map to judge/),
    );
    await assert.rejects(
      engine.evaluate(ask({ against: 1 })),
      refusal('contrast', /evaluate the map of the class alone/),
    );
    await assert.rejects(
      engine.evaluate(ask({ instances: [99] })),
      refusal('no-such-instance', /There is no instance 99/),
    );
    await assert.rejects(
      engine.evaluate(ask({ truth: { name: 't.json', text: '{' } })),
      refusal('bad-truth', /t\.json is no JSON/),
    );
  });

  it('a truth file that nobody asked for says what is wrong with it in place of the scores', async () => {
    const { truth, verdicts } = await engine.evaluate(
      ask({
        ...{ instances: [0, 1], draws: 1, replacements: ['zero'] },
        truth: { name: 't.json', text: '[{"case":"i0","feature":"z","from":0,"to":1}]', found: true },
      }),
    );
    assert.ok('unavailable' in truth);
    assert.match(truth.unavailable, /t\.json names feature "z", which the model does not have/);
    assert.equal(verdicts.truth.answer, 'no truth given');
  });

  it('reports progress and stops in the middle when cancelled', async () => {
    const abort = new AbortController();
    const said: string[] = [];
    const report = (share: number, what: string) => {
      assert.ok(share >= 0 && share <= 1, `${share}`);
      said.push(what);
      if (share > 0.3) abort.abort(new Error('enough'));
    };
    await assert.rejects(engine.evaluate(ask(), { report, signal: abort.signal }), /enough/);
    assert.ok(said.some((what) => /Taking cells away \(\d+ runs\)/.test(what)));
    assert.ok(!said.includes('Done'));
  });
});
