import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { unzipSync, zipSync } from 'fflate';
import { main } from '../../../src/cli/main.ts';
import { SaidOfSeries, saidOfData } from '../../../src/engine/reading/saidOfData.ts';
import { repairReport } from '../../../src/export/report/repairReport.ts';
import { auditText } from '../../../src/export/text/auditText.ts';
import { evaluationsText, evaluationText } from '../../../src/export/text/evaluationText.ts';
import { repairText } from '../../../src/export/text/repairText.ts';
import type { Finding } from '../../../src/finding.ts';
import { readOnnx } from '../../../src/formats/onnx/readOnnx.ts';
import { captured } from '../cli/captured.ts';
import { engineIn } from './engineIn.ts';

const truth = fileURLToPath(new URL('../../fixtures/truth/037_C_mixed_RES_freq', import.meta.url));
const TURNED =
  /every "real" step is one constant .* it is taken the other way round\. Save it as 1 on real steps/;

describe('What reading did to the numbers is said by all who use them', function () {
  this.timeout(30_000);
  const { engine, folder, put } = engineIn('said');
  const model = join(truth, 'model.onnx');
  const project = join(truth, 'attribution.json');
  const fixture = join(truth, 'test_30.npz');
  let data: string;
  before(() => {
    const { 'mask.npy': mask, ...rest } = unzipSync(readFileSync(fixture));
    const turned = mask!.slice();
    for (let at = turned.length - 30 * 64; at < turned.length; at++) turned[at] = 1 - turned[at]!;
    data = put('turned.npz', zipSync({ 'mask.npy': turned, ...rest }, { level: 0 }));
  });
  const said = (findings: readonly Finding[] = []) =>
    findings.filter(({ code }) => code === 'mask-inverted').map(({ sentence }) => sentence);
  const whole = (text: string) => assert.match(text, TURNED);

  it('a mask that is 1 on padding: data, explain, audit, evaluate', async () => {
    const request = { model, data, project, instances: [0, 1, 2] };
    const [sentence] = said((await engine.data(request)).findings);
    whole(sentence!);
    assert.deepEqual(said((await engine.explain({ ...request, instance: 0 })).findings), [sentence]);
    const audit = await engine.audit(request);
    assert.deepEqual(said(audit.preprocessing), [sentence]);
    whole(auditText(audit));
    const evaluation = await engine.evaluate({ ...request, draws: 1 });
    assert.deepEqual(said(evaluation.findings), [sentence]);
    whole(evaluationText(evaluation));
    whole(evaluationsText([evaluation, evaluation]));
  });

  it('repair says it in notes, text, report and the file', async () => {
    const { found, model: written } = await engine.repair({
      model,
      data,
      project,
      arm: 'masked',
      keep: true,
    });
    assert.equal(found.notes.filter((note) => TURNED.test(note)).length, 1);
    whole(repairText(found, null));
    whole(repairReport(found, null).replaceAll('&quot;', '"'));
    whole(JSON.parse(readOnnx(written!).metadata!.get('attribution.repair_notes')!).join('\n'));
  });

  it('a masked drop-in, a table for an explainer, a training and its file', async () => {
    const dropIn = await engine.masked({ model, data, project });
    assert.equal(said(dropIn.read).length, 1);
    whole(JSON.parse(readOnnx(dropIn.bytes).metadata!.get('attribution.masked_notes')!).join('\n'));
    const part = await engine.seriesPart({ model, data, project, from: 0, count: 3, raw: false, steps: 64 });
    assert.equal(said(part.read).length, 1);
    const small = { architecture: 'fcn', filters: 4, epochs: 2, seed: 1, padding: 'end' } as const;
    const trained = await engine.train({ ...small, masked: false, maskInput: false, data });
    assert.equal(said(trained.report.findings).length, 1);
    whole(JSON.parse(readOnnx(trained.onnx).metadata!.get('attribution.provenance')!).warnings.join('\n'));
  });

  it('on standard error, where a command writes a model', async () => {
    const words = ['masked', model, join(folder, 'masked.onnx'), '--drop-in', data, '--config', project];
    const { code, stderr } = await captured(() => main(words, engine));
    assert.equal(code, 0);
    whole(stderr);
  });

  describe('a mask that disagrees with the padding seen', () => {
    const masks = (change: (row: Uint8Array) => void) => {
      const { 'mask.npy': mask, ...rest } = unzipSync(readFileSync(fixture));
      const changed = mask!.slice();
      for (let at = changed.length - 30 * 64; at < changed.length; at += 64) {
        change(changed.subarray(at, at + 64));
      }
      return zipSync({ 'mask.npy': changed, ...rest }, { level: 0 });
    };
    let [ones, short] = ['', ''];
    before(() => {
      ones = put(
        'ones.npz',
        masks((row) => row.fill(1)),
      );
      short = put(
        'short.npz',
        masks((row) => row.fill(0, Math.max(1, row.lastIndexOf(1) - 2))),
      );
    });
    const ONES = /by the mask \(array mask in the file\) 64 of 64 steps are real, but .* of 30 series\./;
    const SHORT = /but only the last \d+ steps .* with the 3 the mask hides before them .* of 30 series\./;

    it('is the cause that drop-in and repair name where they refuse', async () => {
      for (const [data, cause, first] of [
        [ones, ONES, /No instance .*is padded/],
        [short, SHORT, /does not hold one value/],
      ] as const) {
        for (const asked of [
          () => engine.masked({ model, data, project }),
          () => engine.repair({ model, data, project, arm: 'masked', keep: true }),
        ])
          await assert.rejects(asked, ({ message }: Error) => first.test(message) && cause.test(message));
      }
    });

    it('is warned of by a training, which cuts off what the mask hides', async () => {
      const small = { architecture: 'fcn', filters: 2, epochs: 1, seed: 1, padding: 'end' } as const;
      for (const [data, cause] of [
        [ones, ONES],
        [short, SHORT],
      ] as const) {
        const { report } = await engine.train({ ...small, masked: false, maskInput: false, data });
        const found = report.findings.filter(({ code }) => code === 'mask-disagrees');
        assert.equal(found.length, 1);
        assert.match(found[0]!.sentence, cause);
      }
    });
  });

  it('each kind of a series once, with how many there are, and nothing that changes no number', () => {
    const cut = { code: 'truncated', severity: 'warning', sentence: 'Instance a is cut.' } as const;
    const form = { code: 'layout-inferred', severity: 'info', sentence: 'wide' } as const;
    const filled = { code: 'padded-by-default', severity: 'info', sentence: 'Zeros are added.' } as const;
    const series = new SaidOfSeries();
    for (const findings of [[cut, filled], [], [cut, cut]]) series.add({ findings });
    assert.deepEqual(
      saidOfData({ findings: [form] }, series.findings).map(({ sentence }) => sentence),
      ['Instance a is cut. So it is with 2 of 3 series.', 'Zeros are added.'],
    );
  });
});
