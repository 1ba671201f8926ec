import assert from 'node:assert/strict';
import { keptByTraining } from '../../../src/engine/train/keptByTraining.ts';
import type { TrainReport } from '../../../src/engine/train/trainReport.ts';
import { readOnnx } from '../../../src/formats/onnx/readOnnx.ts';
import { writeOnnx } from '../../../src/formats/onnx/writeOnnx.ts';
import { keptSeries, learntSeries, learntSeriesEntry, printsOf } from '../../../src/repair/learntSeries.ts';
import { PRINT } from '../../../src/training/seriesPrint.ts';
import { noiseCsv } from '../../fixtures/noiseCsv.ts';
import { engineIn } from './engineIn.ts';

const KEY = 'attribution.learnt_series';
const sha256 = (digit: number) => `${digit}`.repeat(64);
const prints = (n: number, of: number) =>
  Array.from({ length: n }, (_, i) => Float32Array.of(9, i, of, 3, 4, i / n, 6, 7, 8, 9, 10));
/** Six times as many as are kept of one: 5.8 MB as they are. */
const many = [0, 1, 2, 3, 4, 5].map((of) =>
  keptSeries({ by: 'head', sha256: sha256(of) }, prints(2 ** 14, of)),
);

describe('very many series that a model has learnt from', function () {
  this.timeout(60_000);
  const { engine, put } = engineIn('learnt-many');
  const data = put('learnt.csv', noiseCsv({ instances: 30, labelled: true }));
  const other = put('other.csv', noiseCsv({ instances: 12, labelled: true, seed: 8 }));
  const wish = { architecture: 'fcn', filters: 2, epochs: 1, seed: 1, padding: 'end' } as const;
  const train = async (of: string) => engine.train({ ...wish, masked: false, maskInput: false, data: of });
  let trained: Uint8Array;
  let few: TrainReport;
  const withSeries = (name: string, text: string) => {
    const graph = readOnnx(trained);
    return put(name, writeOnnx(graph, new Map([...graph.metadata!, [KEY, text]])));
  };

  before(async () => {
    ({ onnx: trained, report: few } = await train(data));
  });

  it('are thinned to what a file has place for, of each alike, and read again', () => {
    const few = keptSeries({ by: 'train', sha256: sha256(9) }, prints(50, 9));
    const [[, text]] = learntSeriesEntry(undefined, [...many, few]) as [[string, string]];
    assert.ok(text.length <= 2 ** 22 && text.length > 0.8 * 2 ** 22, `${text.length}`);
    const read = learntSeries(new Map([[KEY, text]]));
    assert.deepEqual(read.at(-1), few);
    for (const [of, one] of read.slice(0, 6).entries()) {
      assert.equal(one.of, 2 ** 14);
      const kept = printsOf(one);
      const positions = Array.from({ length: kept.length / PRINT }, (_, i) => kept[i * PRINT + 1]!);
      assert.ok(positions.every((_, i) => kept[i * PRINT + 2] === of));
      assert.ok(positions.every((at, i) => i === 0 || at > positions[i - 1]!));
      assert.ok(positions[0]! < 3 && positions.at(-1)! > 2 ** 14 - 4, 'evenly');
    }
  });

  it('are said to be kept in part by the training and by the repair', async () => {
    const { metadata, findings } = keptByTraining(sha256(1), prints(16_390, 0));
    assert.equal(learntSeries(new Map(metadata))[0]!.of, 16_390);
    assert.match(
      findings.map(({ sentence }) => sentence).join(),
      /it keeps this of 16,384 of 16,390, so that audit, evaluate, dataset/,
    );
    assert.ok(few.findings.every(({ code }) => code !== 'learnt-in-part'));
    const full = withSeries('full.onnx', learntSeriesEntry(undefined, many)[0]![1]);
    const again = await engine.repair({ model: full, data, arm: 'head', keep: true });
    assert.equal(learntSeries(readOnnx(again.model!).metadata).length, 7);
    assert.match(again.found.notes.join('\n'), /it keeps this of \d\d,\d{3} of 98,334, so that audit/);
  });

  it('that are not read are said to be known by the hash of the whole file alone, by everybody who counts', async () => {
    const long = withSeries('long.onnx', JSON.stringify(many));
    const why = (text: string) =>
      new RegExp(
        `^The list of the series .* ${text} and is not read as a whole: .* SHA-256 of the whole file alone`,
      );
    const request = { model: long, data: other };
    const longer = why('is longer than 4 MiB');
    const told = (all: readonly { readonly sentence: string }[]) =>
      all.filter(({ sentence }) => longer.test(sentence)).length;
    assert.equal(told((await engine.audit(request)).preprocessing), 1);
    assert.equal(
      told((await engine.evaluate({ ...request, replacements: ['zero'], draws: 1 })).findings!),
      1,
    );
    assert.equal(told((await engine.overview(request)).warnings), 1);
    const { findings } = await engine.explain({ ...request, instance: 1 });
    assert.equal(told(findings), 1);
    const { found } = await engine.repair({ model: long, data, arm: 'masked' });
    assert.equal(found.notes.filter((note) => longer.test(note)).length, 1);
    const broken = withSeries('broken.onnx', '[{"by":"train"}]');
    const of = await engine.explain({ model: broken, data: other, instance: 1 });
    assert.match(
      of.findings.map(({ sentence }) => sentence).join('\n'),
      new RegExp(why('is not as this version writes it'), 'm'),
    );
    assert.equal(
      told((await engine.audit({ model: put('as-is.onnx', trained), data: other })).preprocessing),
      0,
    );
  });

  it('that are kept in part are said to be so where an instance is none of them', async () => {
    const [own] = learntSeries(readOnnx(trained).metadata);
    const some = withSeries('some.onnx', JSON.stringify([{ ...own!, of: own!.of + 5 }]));
    const said = /^The file of this model keeps some only of the series that it has learnt from /;
    const told = (all: readonly { readonly sentence: string }[]) =>
      all.filter(({ sentence }) => said.test(sentence)).length;
    const request = { model: some, data: other };
    assert.equal(told((await engine.explain({ ...request, instance: 1 })).findings), 1);
    assert.equal(told((await engine.audit(request)).preprocessing), 1);
    assert.equal(told((await engine.overview(request)).warnings), 1);
    const whole = put('whole.onnx', trained);
    assert.equal(told((await engine.explain({ model: whole, data: other, instance: 1 })).findings), 0);
  });

  it('of a list that another version wrote nothing is read, in a repair of that model neither', async () => {
    const [own] = learntSeries(readOnnx(trained).metadata);
    // Eleven numbers each: those of 26 series are as many bytes as thirteen each of 22.
    const older = {
      by: own!.by,
      sha256: own!.sha256,
      of: 26,
      prints: Buffer.alloc(26 * 44).toString('base64'),
    };
    const model = withSeries('older.onnx', JSON.stringify([older]));
    const saidOf = async (path: string) =>
      (await engine.audit({ model: path, data: other })).preprocessing
        .map(({ sentence }) => sentence)
        .join('\n');
    assert.match(await saidOf(model), /^The list of the series .* is not as this version writes it/m);
    const { model: repaired } = await engine.repair({ model, data, arm: 'head', keep: true });
    assert.equal(learntSeries(readOnnx(repaired!).metadata).length, 1);
    assert.match(
      await saidOf(put('of-older.onnx', repaired!)),
      /^The list of the series .* lacks those of learnt\.csv and is not read as a whole: .* SHA-256/m,
    );
  });
});
