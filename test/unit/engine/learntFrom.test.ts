import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readOnnx } from '../../../src/formats/onnx/readOnnx.ts';
import { writeOnnx } from '../../../src/formats/onnx/writeOnnx.ts';
import { keptLearnt, learntFrom } from '../../../src/repair/learntFrom.ts';
import { refusal } from '../refusal.ts';
import { engineIn } from './engineIn.ts';

const truth = fileURLToPath(new URL('../../fixtures/truth/037_C_mixed_RES_freq', import.meta.url));
const data = join(truth, 'test_30.npz');
const sha256 = createHash('sha256').update(readFileSync(data)).digest('hex');
const repaired = { by: 'head', data: 'test_30.npz', sha256, model: 'model.onnx' };
const training = JSON.stringify({ data: 'test_30.npz', data_sha256: sha256 });
const of = (entries: Readonly<Record<string, string>>) => new Map(Object.entries(entries));

describe('what a model has learnt from', function () {
  this.timeout(30_000);
  const { engine, put } = engineIn('learnt');
  const graph = readOnnx(readFileSync(join(truth, 'model.onnx')));
  const asked = (name: string, metadata: ReadonlyMap<string, string>) => ({
    ...{ model: put(name, writeOnnx(graph, metadata)), data, project: join(truth, 'attribution.json') },
    instances: [0, 1, 2],
  });

  it('is said by its metadata, kept by what is made of it, and never trusted', () => {
    const trained = { by: 'train', data: 'test_30.npz', sha256 };
    assert.deepEqual(learntFrom(of({ 'attribution.provenance': training })), [trained]);
    const kept = new Map(keptLearnt(of({ 'attribution.provenance': training }), [repaired]));
    assert.deepEqual(learntFrom(kept), [trained, repaired]);
    assert.deepEqual(learntFrom(new Map(keptLearnt(kept))), [trained, repaired]);
    const before = {
      ...{ 'attribution.repair': 'head', 'attribution.model': 'model.onnx' },
      ...{ 'attribution.data': 'test_30.npz', 'attribution.data_sha256': sha256 },
    };
    assert.deepEqual(learntFrom(of(before)), [repaired]);
    assert.deepEqual(learntFrom(of({ ...before, 'attribution.repair': 'masked' })), []);
    for (const text of ['{', 'null', '[null, {"by": 1}]', JSON.stringify([{ ...repaired, sha256: 'x' }])]) {
      const hostile = of({ 'attribution.learnt_from': text, 'attribution.provenance': text });
      assert.deepEqual(learntFrom(hostile), []);
    }
    assert.deepEqual(keptLearnt(undefined), []);
  });

  it('is said wherever right answers are counted; a repair of such a model is refused', async () => {
    const request = asked('repaired.onnx', new Map(keptLearnt(undefined, [repaired])));
    const warned = /learnt from these instances \(repaired with test_30\.npz: head, by its SHA-256\)/;
    const { preprocessing, advice } = await engine.audit(request);
    assert.match(preprocessing[0]!.sentence, warned);
    assert.ok(advice.every(({ tryIt }) => tryIt === null));
    const { warnings } = await engine.overview(request);
    assert.match(warnings[0]!.sentence, warned);
    const { findings } = await engine.evaluate({ ...request, replacements: ['zero'], draws: 1 });
    assert.match(findings![0]!.sentence, warned);
    await assert.rejects(
      engine.repair({ ...request, keep: true }),
      refusal('cannot-repair', /repair model\.onnx instead, with --mask-input/),
    );
  });

  it('is not said of other data, nor of content that has been changed', async () => {
    const other = new Map(keptLearnt(undefined, [{ ...repaired, sha256: '0'.repeat(64) }]));
    const { preprocessing } = await engine.audit(asked('other.onnx', other));
    assert.ok(preprocessing.every(({ code }) => code !== 'learnt-from-these'));
  });

  it('of a training it flatters what a repair finds as trained, which is the first thing said', async () => {
    const { instances: _, ...request } = asked('trained.onnx', of({ 'attribution.provenance': training }));
    const { found, model } = await engine.repair({ ...request, arm: 'masked', keep: true });
    assert.match(found.notes[0]!, /learnt from these instances \(trained on test_30\.npz, by its SHA-256\)/);
    assert.deepEqual(
      learntFrom(readOnnx(model!).metadata).map(({ by }) => by),
      ['train'],
      'masking learns from none',
    );
  });
});
