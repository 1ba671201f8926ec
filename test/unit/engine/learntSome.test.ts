import assert from 'node:assert/strict';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { dataHash } from '../../../src/data/dataHash.ts';
import { knownOf } from '../../../src/engine/learnt/knownOf.ts';
import { learntFromThese } from '../../../src/engine/learnt/learntCount.ts';
import { learntFinding } from '../../../src/engine/learnt/learntWords.ts';
import type { OpenModel } from '../../../src/engine/models.ts';
import { repairText } from '../../../src/export/text/repairText.ts';
import { readOnnx } from '../../../src/formats/onnx/readOnnx.ts';
import { writeOnnx } from '../../../src/formats/onnx/writeOnnx.ts';
import { createRandom } from '../../../src/random.ts';
import { keptLearnt, type LearntFrom, learntFrom } from '../../../src/repair/learntFrom.ts';
import { keptSeries, learntSeries } from '../../../src/repair/learntSeries.ts';
import { seriesPrint } from '../../../src/training/seriesPrint.ts';
import { engineIn } from './engineIn.ts';

const truth = fileURLToPath(new URL('../../fixtures/truth/037_C_mixed_RES_freq', import.meta.url));
const LEARNT = /has learnt from .*\(/;

describe('a model that has learnt from some series of a file', function () {
  this.timeout(60_000);
  const { engine, put } = engineIn('learnt-some');
  const data = join(truth, 'test_30.npz');
  const random = createRandom(3);
  const series = Array.from({ length: 10 }, () => ({
    x: Float32Array.from({ length: 24 }, () => random.normal()),
    mask: new Uint8Array(12).fill(1),
  }));
  const opened = (entries: [string, string][]) =>
    ({ classifier: { graph: { metadata: new Map(entries) } } }) as unknown as OpenModel;
  const saidBy = (all: readonly { readonly sentence: string }[]) =>
    all.map(({ sentence }) => sentence).filter((sentence) => LEARNT.test(sentence));

  it('because its repair was stopped, is not said to have learnt from all', async () => {
    const enough = new AbortController();
    const { found, model } = await engine.repair(
      {
        model: join(truth, 'model.onnx'),
        data,
        project: join(truth, 'attribution.json'),
        maskInput: true,
        keep: true,
      },
      {
        enough: enough.signal,
        saw: (sighting) => 'candidate' in sighting && sighting.candidate.name === 'head' && enough.abort(),
      },
    );
    assert.deepEqual(found.learnt, { n: 24, of: 30 });
    assert.match(
      repairText(found, null).replaceAll(/\s+/g, ' '),
      /of the 30 series, of which the file has learnt from 24/,
    );
    const { metadata } = readOnnx(model!);
    assert.equal(learntSeries(metadata)[0]!.of, 24);
    const request = { model: put('stopped.onnx', model!), data, project: join(truth, 'attribution.json') };
    const said =
      /^This model has learnt from at least 24 of these 30 instances \(repaired with test_30\.npz: head, series by series\)/;
    const [audit, ...more] = saidBy((await engine.audit(request)).preprocessing);
    assert.match(audit!, said);
    assert.deepEqual(more, []);
    const each = await engine.explainSome({ ...request, instances: [...Array(30).keys()] });
    assert.equal(each.filter(({ findings }) => saidBy(findings).length > 0).length, 24);
    // What it has not learnt from is too little for another repair, but not nothing.
    await assert.rejects(engine.repair({ ...request, arm: 'masked' }), /has 6 .*instances/);
  });

  it('drawn from it, counts them series by series, and those of another repair with it, too', async () => {
    const sha256 = await dataHash(data);
    const by = { by: 'head', data: 'test_30.npz', sha256, some: true as const };
    const drawn = (from: number, to: number) => keptSeries(by, series.slice(from, to).map(seriesPrint));
    const count = async (from: readonly LearntFrom[], lists: ReturnType<typeof drawn>[]) => {
      const [learnt] = await learntFromThese(opened(keptLearnt(undefined, from, lists)), { data }, series);
      return learnt && [learnt.n, learnt.of, learnt.whole];
    };
    assert.deepEqual(await count([by], [drawn(0, 4)]), [4, 10, false]);
    assert.deepEqual(await count([by, by], [drawn(0, 4), drawn(2, 7)]), [7, 10, false]);
    const { some: _, ...whole } = by;
    assert.deepEqual(await count([by, whole], [drawn(0, 4), drawn(0, 10)]), [10, 10, true]);
    // Without a list nothing tells which.
    assert.deepEqual(await count([by], []), [10, 10, true]);
    const learnt = await learntFromThese(opened(keptLearnt(undefined, [by])), { data }, series);
    assert.match(
      learntFinding(learnt)[0]!.sentence,
      /^This model has learnt from some of these 10 instances, and its file does not say which \(repaired/,
    );
    assert.deepEqual(learntFrom(new Map(keptLearnt(undefined, [by]))), [by]);
  });

  it('names the data whose series are not read, and no other', async () => {
    const of = (by: string, digit: string) => ({ by, data: `${by}.csv`, sha256: digit.repeat(64) });
    const [trained, repaired] = [of('train', '1'), of('head', '2')];
    const list = (one: LearntFrom) => keptSeries(one, series.map(seriesPrint));
    const foreign = { ...list(trained), numbers: 12 };
    const entries = new Map(keptLearnt(undefined, [trained, repaired], [list(repaired)]));
    entries.set('attribution.learnt_series', JSON.stringify([foreign, list(repaired)]));
    const graph = readOnnx((await engine.converted({ model: join(truth, 'model.onnx') })) as Uint8Array);
    const model = put('half.onnx', writeOnnx(graph, new Map([...(graph.metadata ?? []), ...entries])));
    assert.deepEqual(
      knownOf(opened([...entries])).map(({ by, series }) => [by, series !== undefined]),
      [
        ['head', true],
        ['train', false],
      ],
    );
    const { preprocessing } = await engine.audit({ model, data, project: join(truth, 'attribution.json') });
    const unread = preprocessing.filter(({ code }) => code === 'learnt-unread');
    assert.match(
      unread.map(({ sentence }) => sentence).join('\n'),
      /^The list .* is not as this version writes it and is not read as a whole: train\.csv is known by the SHA-256 of the whole file alone[^\n]*$/,
    );
  });
});
