import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import type { RepairRequest } from '../../../src/engine/requests.ts';
import { repairJson } from '../../../src/export/repairJson.ts';
import { repairReport } from '../../../src/export/report/repairReport.ts';
import { repairText } from '../../../src/export/text/repairText.ts';
import { readOnnx } from '../../../src/formats/onnx/readOnnx.ts';
import { noiseCsv } from '../../fixtures/noiseCsv.ts';
import { refusal } from '../refusal.ts';
import { engineIn } from './engineIn.ts';

const tiny = (name: string) => fileURLToPath(new URL(`../../fixtures/tiny/${name}`, import.meta.url));

const MIXED =
  /Among the identical series of noise\.csv some have different labels \(22 labels more than different series\)/;

describe('a repair of a file with identical series', () => {
  const { engine, put } = engineIn('repair-same');
  const ofNoise = (csv: string, over: Partial<RepairRequest> = {}): RepairRequest => ({
    ...{ model: tiny('tiny.onnx'), data: put('noise.csv', csv), project: tiny('attribution.json') },
    ...over,
  });

  it('learns from another file where there is one, and never from the one it is judged on', async () => {
    const four = noiseCsv({ instances: 4, labelled: true, id: 'shared' }).replace(/^.*\n/, '');
    const train = put('train.csv', noiseCsv({ instances: 40, labelled: true, seed: 4 }) + four);
    const asked = ofNoise(noiseCsv({ instances: 24, labelled: true }), { train, arm: 'head', keep: true });
    const { found, model } = await engine.repair(asked);
    assert.deepEqual(found.judgedOn, { instances: 20, folds: 0, leftOut: 4 });
    const said =
      '4 of the 24 series of noise.csv stand in train.csv, too, and were left out: a repair is not judged on what it has learnt from.';
    assert.ok(found.notes.includes(said));
    assert.ok(repairText(found, null).replaceAll(/\s+/g, ' ').includes(said));
    assert.ok(repairReport(found, null).includes(said));
    assert.ok(readOnnx(model!).metadata!.get('attribution.repair_notes')!.includes(said));
    assert.ok(JSON.stringify(repairJson(found, null)).includes('"leftOut":4'));
    const rejects = (data: string, words: RegExp) =>
      assert.rejects(engine.repair(ofNoise(data, { train })), refusal('too-few-instances', words));
    await rejects(
      noiseCsv({ instances: 4, labelled: true }),
      /^Every series of noise\.csv stands in train\.csv/,
    );
    await rejects(
      noiseCsv({ instances: 22, labelled: true }),
      /^noise\.csv has 18 instances that do not stand in train\.csv, too, 9 of class/,
    );
    assert.equal(found.provenance.trainHash?.length, 64);
    assert.notEqual(found.provenance.trainHash, found.provenance.dataHash);
  });

  it('keeps identical series in one fold, and says that there are some', async () => {
    const twice = (instances: number) =>
      noiseCsv({ instances, labelled: true }) +
      noiseCsv({ instances, labelled: true, id: 'again' }).replace(/^.*\n/, '');
    const { found } = await engine.repair(ofNoise(twice(22), { arm: 'masked' }));
    assert.deepEqual(found.judgedOn, { instances: 44, folds: 5, repeated: 22 });
    const notes = found.notes.join(' ');
    assert.match(notes, /Of the 44 series of noise\.csv 22 differ, the others repeat one of them: /);
    assert.match(
      notes,
      /Identical series stay in one fold: the largest of the 5 folds holds 10 of 44 series, so that a repair learns from 34 of them at the least\./,
    );
    await assert.rejects(
      engine.repair(ofNoise(twice(12))),
      refusal('too-few-instances', /^noise\.csv has 12 different instances, 6 of class/),
    );
    const swap: Readonly<Record<string, string>> = { left: 'right', right: 'left' };
    const otherwise = twice(22).replaceAll(
      /^(again.*?,)(left|right),/gm,
      (_, head, label) => `${head}${swap[label]},`,
    );
    const { found: torn } = await engine.repair(ofNoise(otherwise, { arm: 'masked' }));
    assert.match(torn.notes.join(' '), MIXED);
    const said = ({ sentence }: { sentence: string }) => MIXED.test(sentence);
    const { preprocessing } = await engine.audit(ofNoise(otherwise));
    assert.equal(preprocessing.filter(said).length, 1);
    const { report } = await engine.train({
      ...ofNoise(otherwise),
      ...{ architecture: 'fcn', filters: 8, padding: 'end', masked: false, maskInput: false },
      ...{ epochs: 1, seed: 1 },
    });
    assert.equal(report.findings.filter(said).length, 1);
  });
});
