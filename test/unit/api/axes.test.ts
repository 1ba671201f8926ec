import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Model } from '../../../src/api/model.ts';
import { explainedBy } from '../../../src/api/questions.ts';
import { createEngine } from '../../../src/engine/service.ts';
import { writeOnnx } from '../../../src/formats/onnx/writeOnnx.ts';
import { weights } from '../graph/classifier/head.ts';
import { graphOf } from '../graph/smallGraph.ts';
import { refusal } from '../refusal.ts';

describe('the functions of the package, of a model that does not show its axes', () => {
  let folder: string;
  let model: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'attribution-axes-'));
    model = join(folder, 'flat.onnx');
    const flat = graphOf(['N', 3, 9], (b) => b.add('MatMul', [b.add('Flatten', ['x']), weights(b, [27, 2])]));
    writeFileSync(model, writeOnnx(flat));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('read it with the file, which does', async () => {
    const data = join(folder, 'series.csv');
    const row = (at: number) =>
      [Math.sin(at), Math.cos(at * at), Math.sin(2 * at) + 1].map((x) => x.toFixed(3));
    const rows = Array.from({ length: 18 }, (_, at) => `c${at < 9 ? 0 : 1},${at % 9},${row(at)}`);
    writeFileSync(data, `case,time,ax,ay,az\n${rows.join('\n')}\n`);
    const engine = createEngine();
    const { map } = await explainedBy(engine, model, data, { method: 'saliency' });
    await engine.dispose();
    assert.deepEqual([map.rows, map.columns], [3, 9]);
  });

  it('read it with numbers, which are one array for each feature, and ask nothing of a file that is not there', async () => {
    const engine = createEngine();
    const series = [0, 1, 2].map((f) => Float64Array.from({ length: 9 }, (_, t) => Math.sin(7 * f + 5 * t)));
    const { map, findings } = await explainedBy(engine, model, series, { method: 'saliency' });
    assert.deepEqual([map.rows, map.columns], [3, 9]);
    assert.ok(findings.some(({ code }) => code === 'layout-by-data'));
    const turned = Array.from({ length: 9 }, (_, f) => [f, 1, 2]);
    const other = await explainedBy(engine, model, turned, { method: 'saliency' });
    assert.deepEqual([other.map.rows, other.map.columns], [9, 3]);
    await assert.rejects(
      explainedBy(engine, model, join(folder, 'nosuch.csv'), {}),
      refusal('file-missing', /^nosuch\.csv does not exist/),
    );
    await engine.dispose();
  });

  it('open it alone where its order is said, which holds for what is asked', async () => {
    await assert.rejects(
      Model.open(createEngine(), model, {}),
      refusal(
        'ask-input-layout',
        /which axis of its input .* Say set: \["input=NFT"\] if .*; or set: \["input=NTF"\] if /,
      ),
    );
    await using open = await Model.open(createEngine(), model, { set: ['input=NFT'] });
    const { summary } = open;
    assert.deepEqual([summary.features, summary.steps], [3, 9]);
    const series = [0, 1, 2].map((f) => Float64Array.from({ length: 9 }, (_, t) => Math.cos(f + t)));
    const { map } = await open.explain(series, { method: 'saliency' });
    assert.deepEqual([map.rows, map.columns], [3, 9]);
  });
});
