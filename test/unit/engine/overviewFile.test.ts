import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { OverviewRequest } from '../../../src/engine/requests.ts';
import { createEngine, type LocalEngine } from '../../../src/engine/service.ts';
import { overviewJson } from '../../../src/export/overview/json.ts';
import { whatIsExplained } from '../../../src/overview/words.ts';
import { Refusal } from '../../../src/refusal.ts';
import { noiseCsv } from '../../fixtures/noiseCsv.ts';

const tiny = (name: string) => fileURLToPath(new URL(`../../fixtures/tiny/${name}`, import.meta.url));

describe('The overview of a file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'attribution-overview-'));
  let engine: LocalEngine;
  before(() => {
    engine = createEngine();
    const project = readFileSync(tiny('attribution.json'), 'utf8');
    writeFileSync(
      join(folder, 'attribution.json'),
      project.replace('"tiny.onnx"', JSON.stringify(tiny('tiny.onnx'))),
    );
    writeFileSync(join(folder, 'noise.csv'), noiseCsv({ labelled: true }));
  });
  after(async () => {
    await engine.dispose();
    rmSync(folder, { recursive: true, force: true });
  });

  const ask = (more: Partial<OverviewRequest> = {}): OverviewRequest => ({
    ...{ model: tiny('tiny.onnx'), data: join(folder, 'noise.csv') },
    ...{ project: join(folder, 'attribution.json'), ...more },
  });

  it('has every instance once, in the order of the file, with the answers that Explain gives', async () => {
    const overview = await engine.overview(ask());
    const { instances } = await engine.data(ask());
    assert.deepEqual(
      overview.instances.map(({ id, index, label }) => [id, index, label]),
      instances.map(({ id, index, label }) => [id, index, label]),
    );
    for (const instance of [0, 5, 13]) {
      const { prediction, padding } = await engine.explain({ ...ask(), instance });
      const one = overview.instances[instance]!;
      assert.equal(one.predicted, prediction.predicted);
      // Batches of another size may differ in the last digit.
      assert.ok(Math.abs(one.probability - prediction.probabilities![prediction.predicted]!) < 1e-5);
      assert.equal(one.length, padding.length);
      assert.equal(one.correct, one.label === prediction.classes[prediction.predicted]);
    }
    assert.equal(overview.how.target, 'predicted');
    assert.deepEqual([overview.how.method, overview.seed], ['gradcam', 1]);
  });

  it('explains one class for all, by another method and layer, where asked', async () => {
    const overview = await engine.overview(
      ask({ target: 'right', method: 'hirescam', relu: false, seed: 7 }),
    );
    const { how, seed } = overview;
    assert.deepEqual([how.target, how.method, how.relu, seed], ['right', 'hirescam', false, 7]);
  });

  it('says what a contrast is, and that a method without ReLU has none', async () => {
    const overview = await engine.overview(
      ask({ target: 'right', against: 'left', negative: true, method: 'gradient-input' }),
    );
    const { explained, against, negative, relu, layer } = overviewJson(overview);
    assert.deepEqual([explained, against, negative, relu, layer], ['right', 'left', true, null, 'input']);
    assert.equal(
      whatIsExplained(overview),
      'Gradient × input at the input of what speaks against right rather than left',
    );
    assert.equal(overview.features?.length, 4);
  });

  it('of one instance is a group of one, with nothing made up', async () => {
    const { groups, untold, instances } = await engine.overview(ask({ instances: [3] }));
    assert.equal(instances[0]!.index, 3);
    assert.ok(groups.every(({ members }) => members.length === 1));
    assert.ok(groups[0]!.maps.start.raw.error.every(Number.isNaN));
    assert.ok(untold.length > 0);
  });

  it('says how far it is, never goes back, and ends at 1', async () => {
    const said: [number, string][] = [];
    await engine.overview(ask(), { report: (share, what) => said.push([share, what]) });
    const shares = said.map(([share]) => share);
    assert.deepEqual(
      shares,
      shares.toSorted((a, b) => a - b),
    );
    assert.equal(shares.at(-1), 1);
    assert.ok(said.some(([, what]) => what === 'Explaining (14 of 14)'));
  });

  it('stops when it is cancelled, at any point, and can be asked again', async () => {
    for (const stopAt of [0, 0.5, 0.9]) {
      const abort = new AbortController();
      const cancelled = new Refusal('cancelled', 'Cancelled.');
      const last: number[] = [];
      const running = engine.overview(ask(), {
        signal: abort.signal,
        report: (share) => {
          last.push(share);
          if (share >= stopAt) abort.abort(cancelled);
        },
      });
      await assert.rejects(running, (error) => error === cancelled);
      assert.ok(last.at(-1)! < 1, `stopped at ${last.at(-1)} of ${stopAt}`);
    }
    assert.equal((await engine.overview(ask())).instances.length, 14);
  });

  const refused = async (request: OverviewRequest, code: string, sentence: RegExp) =>
    assert.rejects(engine.overview(request), (error) => {
      assert.ok(error instanceof Refusal, String(error));
      assert.deepEqual([error.code, sentence.test(error.message)], [code, true], error.message);
      return true;
    });

  it('is complete or refused: one series that is too long refuses the whole, and names it', async () => {
    const rows = Array.from({ length: 30 }, (_, t) => `long,${t},left,1,2,3,4`);
    writeFileSync(
      join(folder, 'mixed.csv'),
      `${noiseCsv({ labelled: true }).trimEnd()}\n${rows.join('\n')}\n`,
    );
    await refused(ask({ data: join(folder, 'mixed.csv') }), 'too-long', /long.*30 steps/);
    const cut = await engine.overview(ask({ data: join(folder, 'mixed.csv'), truncate: true }));
    assert.equal(cut.instances.at(-1)!.length, 24);
  });

  it('is refused for an instance or a layer that is not there, or none', async () => {
    await refused(ask({ instances: [99] }), 'no-such-instance', /no instance 99: the file has 14/);
    await refused(ask({ instances: [] }), 'no-such-instance', /nothing to add up/);
    await refused(ask({ layer: 'nix' }), 'unknown-layer', /"nix"/);
    await refused(ask({ target: 'nix' }), 'no-such-class', /"nix"/);
  });
});
