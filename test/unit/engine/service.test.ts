import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Explanation } from '../../../src/attribution/explanation.ts';
import { writeNpz } from '../../../src/data/numpy/writeNpz.ts';
import { createEngine, type LocalEngine } from '../../../src/engine/service.ts';
import { version } from '../../../src/engine/version.ts';
import { float32 } from '../../../src/graph/tensor.ts';
import { relativeDifference } from '../../fixtures/reference.ts';

const tiny = (name: string) => fileURLToPath(new URL(`../../fixtures/tiny/${name}`, import.meta.url));
const question = { model: tiny('tiny.onnx'), data: tiny('long.csv'), project: tiny('attribution.json') };

type Maps = Readonly<Record<'gradcam' | 'gradcam_maskalpha' | 'hirescam', readonly unknown[]>>;
const reference: {
  readonly instances: readonly {
    readonly case: string;
    readonly length: number;
    readonly label: string;
    readonly logits: readonly number[];
    readonly maps: Readonly<Record<string, Maps>>;
  }[];
} = JSON.parse(readFileSync(tiny('reference.json'), 'utf8'));

describe('engine service on a tiny model', function () {
  this.timeout(20_000);
  let engine: LocalEngine;
  let folder: string;
  before(async () => {
    engine = createEngine();
    folder = await mkdtemp(join(tmpdir(), 'attribution-service-'));
  });
  after(async () => {
    await engine.dispose();
    await rm(folder, { recursive: true, force: true });
  });
  const codes = ({ findings }: Pick<Explanation, 'findings'>) => findings.map(({ code }) => code);

  it('describes the model', async () => {
    const summary = await engine.model({ model: question.model, project: question.project });
    const { features, steps, layout, classes, layers } = summary;
    assert.deepEqual([features, steps, layout, classes], [4, 24, 'NFT', ['left', 'right']]);
    assert.ok(layers.some(({ name }) => name === 'conv2dblock'));
    const unnamed = await engine.model({ model: question.model });
    assert.deepEqual(unnamed.classes, ['class 0', 'class 1']);
    assert.doesNotThrow(() => structuredClone(summary));
  });

  it('lists the instances with their lines', async () => {
    const summary = await engine.data({ data: question.data, project: question.project });
    assert.deepEqual(
      summary.instances.map(({ id, length, label }) => ({ case: id, length, label })),
      reference.instances.map(({ case: id, length, label }) => ({ case: id, length, label })),
    );
    assert.deepEqual(summary.instances[1]?.lines, [24, 23 + (reference.instances[1]?.length ?? 0)]);
  });

  it('gives the reference logits and maps, whatever the layer, method and class', async () => {
    const variants = [
      { key: 'gradcam', method: 'gradcam', maskedAlpha: false },
      { key: 'gradcam_maskalpha', method: 'gradcam', maskedAlpha: true },
      { key: 'hirescam', method: 'hirescam', maskedAlpha: false },
    ] as const;
    const all = reference.instances.map((_, index) => index);
    for (const layer of Object.keys(reference.instances[0]!.maps)) {
      for (const { key, ...how } of variants) {
        for (const target of [0, 1]) {
          const asked = { ...question, layer, target, relu: false, ...how };
          for await (const batch of engine.explainMany(asked, all)) {
            for (const { instance, prediction, native } of batch) {
              const wanted = reference.instances[instance.index]!;
              assert.ok(relativeDifference(prediction.logits, wanted.logits) <= 1e-4);
              const map = (wanted.maps[layer]![key][target] as number[]).flat();
              const difference = relativeDifference(native.values, map);
              assert.ok(difference <= 1e-4, `${instance.id} ${layer} ${key} ${target}: off by ${difference}`);
            }
          }
        }
      }
    }
  });

  it('puts everything into one explanation', async () => {
    const reports: number[] = [];
    const context = { report: (share: number) => reports.push(share) };
    const explanation = await engine.explain({ ...question, instance: 2, layer: 'conv2dblock' }, context);
    const { instance, prediction, target, layer, map, padding, signals, zones, provenance } = explanation;
    const length = reference.instances[2]!.length;
    assert.deepEqual([instance.id, instance.of, instance.label], ['case2', 8, reference.instances[2]!.label]);
    assert.equal(target.index, prediction.predicted);
    assert.equal(target.name, prediction.classes[target.index]);
    assert.ok(Math.abs(prediction.probabilities!.reduce((sum, p) => sum + p, 0) - 1) < 1e-6);
    assert.deepEqual([layer.name, layer.rank, map.rows, map.columns], ['conv2dblock', 2, 4, 24]);
    assert.equal(padding.length, length);
    assert.deepEqual(
      [...padding.mask].map((real, step) => real === (step < length ? 1 : 0)),
      new Array(24).fill(true),
    );
    assert.deepEqual([zones[0]?.zone, zones[0]?.to, zones.at(-1)?.to], ['REAL', length, 24]);
    assert.deepEqual(signals.features, ['a', 'b', 'c', 'd']);
    // The file's own numbers, and where they stand.
    const lines = readFileSync(question.data, 'utf8').split('\n');
    const [first] = instance.lines;
    const cells = lines[first! - 1]!.split(',').slice(3).map(Number);
    cells.forEach((cell, feature) => {
      assert.equal(signals.raw?.[feature * 24], Math.fround(cell));
    });
    assert.equal(instance.lines[length], 0);
    assert.ok(Number.isNaN(signals.raw?.[length]));
    assert.equal(provenance.version, version);
    assert.match(provenance.modelHash, /^[0-9a-f]{64}$/);
    assert.match(provenance.runtime, /^onnxruntime-(node|web) \d/);
    assert.deepEqual(
      reports,
      reports.toSorted((a, b) => a - b),
    );
    assert.deepEqual(codes(explanation), []);
  });

  it('runs on the WebAssembly runtimes with the same numbers', async () => {
    const native = await engine.explain({ ...question, layer: 'concat' });
    for (const prefer of ['onnxruntime-web', 'tfjs-wasm'] as const) {
      const { provenance, native: map } = await engine.explain({ ...question, layer: 'concat', prefer });
      assert.ok(provenance.runtime.startsWith(`${prefer} `), provenance.runtime);
      assert.ok(relativeDifference(map.values, native.native.values) <= 1e-4);
    }
  });

  it('finds classes by name, else by number', async () => {
    assert.equal((await engine.explain({ ...question, target: 'right' })).target.index, 1);
    assert.equal((await engine.explain({ ...question, target: '0' })).target.name, 'left');
    assert.equal(
      (await engine.explain({ ...question, target: 1, project: undefined })).target.name,
      'class 1',
    );
  });

  it('says what it assumes when nothing is configured', async () => {
    const found = codes(await engine.explain({ ...question, project: undefined }));
    assert.ok(found.includes('not-standardised') && found.includes('padded-by-default'), `${found}`);
  });

  it('says when labels or class names do not fit the model', async () => {
    const project = join(folder, 'attribution.json');
    const base = JSON.parse(readFileSync(question.project, 'utf8'));
    await writeFile(project, JSON.stringify({ ...base, classes: ['up', 'down'] }));
    assert.ok(codes(await engine.explain({ ...question, project })).includes('unknown-label'));
    await writeFile(project, JSON.stringify({ ...base, classes: ['up', 'down', 'left'] }));
    const explanation = await engine.explain({ ...question, project });
    assert.ok(codes(explanation).includes('class-count'));
    assert.deepEqual(explanation.prediction.classes, ['class 0', 'class 1']);
  });

  it('reads a changed file again, and unsaved content in its place', async () => {
    const data = join(folder, 'changing.csv');
    await writeFile(data, 'a,b,c,d\n1,2,3,4\n5,6,7,8\n');
    assert.equal((await engine.data({ data })).instances[0]?.length, 2);
    await writeFile(data, 'a,b,c,d\n1,2,3,4\n5,6,7,8\n9,9,9,9\n');
    await utimes(data, new Date(), new Date(Date.now() + 5000));
    assert.equal((await engine.data({ data })).instances[0]?.length, 3);
    const content = new TextEncoder().encode('a,b,c,d\n1,2,3,4\n0,0,0,1\n');
    assert.equal((await engine.data({ data, content })).instances[0]?.length, 2);
    const other = new TextEncoder().encode('a,b,c,d\n1,2,3,4\n1,2,3,4\n2,2,2,2\n2,2,2,3\n');
    assert.equal((await engine.data({ data, content: other })).instances[0]?.length, 4);
  });

  it('takes float32 arrays of the exact input shape as prepared, others through the preprocessing', async () => {
    const x = new Float32Array(2 * 4 * 24).map((_, at) => Math.sin(at));
    const data = join(folder, 'x.npz');
    await writeFile(data, writeNpz({ x: float32([2, 4, 24], x) }));
    const prepared = await engine.explain({ ...question, data, instance: 1 });
    assert.deepEqual([...prepared.signals.input], [...x.subarray(96)]);
    assert.equal(prepared.signals.raw, undefined);
    const short = join(folder, 'short.npz');
    await writeFile(short, writeNpz({ x: float32([2, 4, 20], x.subarray(0, 160)) }));
    const raw = await engine.explain({ ...question, data: short });
    assert.notEqual(raw.signals.input[0], x[0]);
    assert.equal(raw.padding.length, 20);
  });

  it('explains a changed series as it does a file that holds it', async () => {
    const { signals } = await engine.explain(question);
    const x = signals.input.slice();
    x.fill(0, 24 + 3, 24 + 9);
    const data = join(folder, 'changed.npz');
    await writeFile(data, writeNpz({ x: float32([1, 4, 24], x) }));
    const edits = [{ what: 'mask', from: 3, to: 9, features: [1] }] as const;
    const [asked, read] = [
      await engine.explain({ ...question, edits }),
      await engine.explain({ ...question, data }),
    ];
    assert.deepEqual([...asked.signals.input], [...x]);
    assert.ok(relativeDifference(asked.prediction.logits, read.prediction.logits) < 1e-6);
    assert.notDeepEqual(asked.prediction.logits, (await engine.explain(question)).prediction.logits);
  });

  it('stops between batches when it is told to', async () => {
    const abort = new AbortController();
    abort.abort();
    await assert.rejects(engine.explain(question, { signal: abort.signal }), { name: 'AbortError' });
  });
});
