import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { learntFromThese } from '../../../src/engine/learnt/learntCount.ts';
import { notRepairedWithThese } from '../../../src/engine/learnt/learntWords.ts';
import type { OpenModel } from '../../../src/engine/models.ts';
import { readOnnx } from '../../../src/formats/onnx/readOnnx.ts';
import { writeOnnx } from '../../../src/formats/onnx/writeOnnx.ts';
import { keptLearnt } from '../../../src/repair/learntFrom.ts';
import { keptSeries, learntSeries, printsOf } from '../../../src/repair/learntSeries.ts';
import { PRINT, seriesPrint } from '../../../src/training/seriesPrint.ts';
import { noiseCsv } from '../../fixtures/noiseCsv.ts';
import { refusal } from '../refusal.ts';
import { engineIn } from './engineIn.ts';

/** Of a long CSV: its head, and the rows of each case. */
function casesOf(csv: string): { readonly head: string; readonly cases: string[][] } {
  const [head, ...rows] = csv.trimEnd().split('\n');
  const cases = new Map<string, string[]>();
  for (const row of rows) {
    const id = row.slice(0, row.indexOf(','));
    cases.set(id, [...(cases.get(id) ?? []), row]);
  }
  return { head: head!, cases: [...cases.values()] };
}

/** As another program writes it: other names, another order, other columns, numbers 1e-6 apart. */
function written(cases: readonly (readonly string[])[]): string {
  const rows = cases.flatMap((rows, i) =>
    rows.map((row) => {
      const [, t, label, ...values] = row.split(',');
      return [...values.map((x) => Number(x) * (1 + 1e-6)), `n${i}`, t, label].join(',');
    }),
  );
  return `a,b,c,d,case,t,label\n${rows.join('\n')}\n`;
}

describe('series that a model has learnt from', function () {
  this.timeout(60_000);
  const { engine, folder, put } = engineIn('learnt-series');
  const csv = noiseCsv({ instances: 30, labelled: true });
  const strangers = casesOf(noiseCsv({ instances: 12, labelled: true, seed: 8 })).cases;
  const mine = casesOf(csv).cases;
  const data = put('learnt.csv', csv);
  const mixed = put(
    'mixed.csv',
    written([strangers[0]!, mine[7]!, ...strangers.slice(1), mine[2]!, mine[20]!]),
  );
  const part = put('part.csv', written([mine[9]!, mine[4]!, mine[1]!, mine[0]!]));
  let model = '';
  let onnx: Uint8Array = new Uint8Array();

  before(async () => {
    const wish = { architecture: 'fcn', filters: 2, epochs: 1, seed: 1, padding: 'end' } as const;
    ({ onnx } = await engine.train({ ...wish, masked: false, maskInput: false, data }));
    model = put('trained.onnx', onnx);
  });

  const told = (all: readonly { readonly sentence: string }[]) =>
    all.map(({ sentence }) => sentence).filter((sentence) => sentence.includes('has learnt from'));

  it('are found one by one: in a part, in another order, 1e-6 apart', async () => {
    const some =
      'This model has learnt from at least 3 of these 15 instances (trained on learnt.csv, series by series): accuracy and what else is measured here flatter it; judge it on other instances.';
    const request = { model, data: mixed };
    const { preprocessing } = await engine.audit(request);
    assert.deepEqual(told(preprocessing), [some]);
    const { findings } = await engine.evaluate({ ...request, replacements: ['zero'], draws: 1 });
    assert.deepEqual(told(findings!), [some]);
    const ofOverview = async (asked: { readonly data: string; readonly instances?: readonly number[] }) =>
      told((await engine.overview({ model, ...asked })).warnings);
    assert.deepEqual(await ofOverview(request), [some]);
    const [all, ...more] = await ofOverview({ data: part });
    assert.match(all!, /learnt from these instances \(trained on learnt\.csv, series by series\): /);
    assert.equal(more.length, 0);
    assert.deepEqual(await ofOverview({ data: mixed, instances: [0, 2, 3, 4, 5] }), []);
  });

  it('are said where one of them is explained, and of no other', async () => {
    const findings = async (data: string, instance: number, more = {}) => {
      const { findings } = await engine.explain({ model, data, instance, ...more });
      return findings.filter(({ code }) => code === 'learnt-from-these');
    };
    for (const [file, instance] of [
      [mixed, 1],
      [mixed, 14],
      [data, 5],
    ] as const) {
      assert.deepEqual(await findings(file, instance), [
        {
          code: 'learnt-from-these',
          severity: 'warning',
          sentence:
            'This model has learnt from this very instance (trained on learnt.csv, series by series): that it answers it rightly, and how surely, says little of others.',
        },
      ]);
    }
    assert.deepEqual(await findings(mixed, 0), []);
    // A model of before the series were kept.
    const metadata = new Map([...readOnnx(onnx).metadata!].filter(([key]) => !key.endsWith('learnt_series')));
    model = put('older.onnx', writeOnnx(readOnnx(onnx), metadata));
    const [older] = await findings(data, 5);
    assert.match(older!.sentence, /\(trained on learnt\.csv, by its SHA-256\)/);
    assert.deepEqual(await findings(mixed, 1), []);
    model = join(folder, 'trained.onnx');
  });

  it('are not what a repair of a repaired model is judged on', async () => {
    const { found, model: repaired } = await engine.repair({ model, data, arm: 'head', keep: true });
    assert.match(found.notes[0]!, /^This model has learnt from these instances \(trained on learnt\.csv, by/);
    const again = { model: put('repaired.onnx', repaired!), arm: 'masked' } as const;
    assert.deepEqual(
      learntSeries(readOnnx(repaired!).metadata).map(({ by, of }) => `${by} ${of}`),
      ['train 30', 'head 30'],
    );
    const others = casesOf(noiseCsv({ instances: 40, labelled: true, seed: 9 })).cases;
    const { found: next } = await engine.repair({
      ...again,
      data: put('others.csv', written([...others, ...mine.slice(0, 5)])),
    });
    assert.equal(next.judgedOn.instances, 40);
    assert.equal(
      next.notes.find((note) => note.includes('left out')),
      '5 of these 45 instances were left out: repaired.onnx has learnt from them (repaired with learnt.csv: head, series by series), so no repair of it can be judged on them. Series that stand here with fewer digits than it has learnt from are not known again: if this file is such a copy, those that are left flatter what is measured here.',
    );
    await assert.rejects(
      engine.repair({ ...again, data: put('again.csv', written([...mine].reverse())) }),
      refusal(
        'cannot-repair',
        /has learnt from these very instances \(repaired with learnt\.csv: head, series by/,
      ),
    );
    // By its path where it lies beside, by its name where another model lies there by then.
    const instead = (path: string) => ({
      message: new RegExp(`: repair ${path} instead, with --mask-input`),
    });
    await assert.rejects(engine.repair({ ...again, data }), instead(model));
    const other = writeOnnx(readOnnx(onnx), new Map([['a', 'b']]));
    writeFileSync(model, other);
    await assert.rejects(engine.repair({ ...again, data }), instead('trained.onnx'));
    writeFileSync(model, onnx);
  });

  it('are counted over all repairs together', async () => {
    const series = Array.from({ length: 6 }, (_, i) => ({
      x: Float32Array.of(i, i * i, 1, 2),
      mask: Uint8Array.of(1, 1),
    }));
    const from = ['a', 'b'].map((data, i) => ({
      by: 'head',
      data: `${data}.csv`,
      sha256: `${i}`.repeat(64),
    }));
    const kept = from.map((one, i) => keptSeries(one, series.slice(3 * i, 3 * i + 3).map(seriesPrint)));
    const metadata = new Map(keptLearnt(undefined, from, kept));
    const model = { classifier: { graph: { metadata } } } as unknown as Pick<OpenModel, 'classifier'>;
    const [one, ...others] = await learntFromThese(model, { data }, series);
    assert.deepEqual([one!.n, one!.any, one!.of, others.length], [6, 6, 6, 0]);
    await assert.rejects(
      notRepairedWithThese([one!], 'c.onnx', async () => undefined),
      refusal('cannot-repair', /repaired with a\.csv: head, series by series; repaired with b\.csv: head/),
    );
  });

  it('of many some are kept, which is said, and a file may say anything', () => {
    const prints = Array.from({ length: 40_000 }, (_, i) =>
      Float32Array.of(i, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10),
    );
    const sha256 = '0'.repeat(64);
    const many = keptSeries({ by: 'train', sha256 }, prints);
    assert.equal(many.of, 40_000);
    assert.equal(printsOf(many).length, 2 ** 14 * PRINT);
    const kept = new Map(keptLearnt(undefined, [{ by: 'train', data: 'x', sha256 }], [many]));
    assert.deepEqual(learntSeries(kept), [many]);
    for (const hostile of [
      '{',
      'null',
      '[null, 1]',
      JSON.stringify([{ ...many, of: 3 }]),
      JSON.stringify([{ ...many, prints: 'AAAA' }]),
      JSON.stringify([{ ...many, prints: '!'.repeat(64) }]),
    ]) {
      assert.deepEqual(learntSeries(new Map([['attribution.learnt_series', hostile]])), []);
    }
  });
});
