import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { readOnnx } from '../../src/formats/onnx/readOnnx.ts';
import { put, sample, scratch } from './support/files.ts';
import { explain, lens, pictureOf, run } from './support/lens.ts';
import { until } from './support/until.ts';

/** The audit of the file being looked at, finished. */
async function audited(scope: 'File' | 'Instance' = 'File') {
  await run(`audit${scope}`);
  const { audit: audits } = (await lens()).works;
  const { result: audit, activity } = audits.view;
  assert.equal(activity.kind, 'idle', JSON.stringify(activity));
  return audit ?? assert.fail('there is no audit');
}

async function settled(busy: boolean): Promise<void> {
  const { audit: audits } = (await lens()).works;
  const is = () => (audits.view.activity.kind === 'busy') === busy;
  await until(busy ? 'the audit runs' : 'the audit is through', is, audits.onDidChange);
}

describe('The padding audit', function () {
  this.timeout(120_000);
  let folder: string;
  beforeEach(async () => {
    folder = scratch();
    pictureOf(await explain(join(folder, 'long.csv')));
  });

  it('answers three questions about the whole file, each with its reason', async () => {
    const { verdicts, instances, carrier, maps } = await audited();
    assert.equal(instances.length, 8);
    assert.deepEqual(Object.keys(verdicts), [
      ...['lengthEvidence', 'layout', 'look', 'mapArtefact', 'carrierDependence'],
    ]);
    assert.equal(verdicts.mapArtefact.answer, 'explained');
    assert.match(verdicts.lengthEvidence.reason, /at least 10 instances/);
    assert.ok(carrier.every((result) => !('unavailable' in result)));
    assert.ok(maps.length >= 2);
  });

  it('may be about one instance', async () => {
    await run('nextInstance');
    const { instances, verdicts } = await audited('Instance');
    assert.deepEqual(
      instances.map(({ index }) => index),
      [1],
    );
    assert.equal(verdicts.carrierDependence.answer, 'cannot tell');
  });

  it('is out of date once the mask changes, and gone with another file', async () => {
    await audited();
    const { audit: audits } = (await lens()).works;
    assert.equal(audits.view.outdated, false);
    await run('pickMask', 'none');
    assert.equal(audits.view.outdated, true);
    await run('explainFile', vscode.Uri.file(join(folder, 'single.csv')));
    assert.equal(audits.view.result, null);
  });

  it('ends at Cancel and leaves everything usable', async () => {
    pictureOf(await explain(sample('data/test.csv')));
    const { audit: audits } = (await lens()).works;
    const running = run('auditFile');
    await settled(true);
    await vscode.commands.executeCommand('attribution.cancelAudit');
    await running;
    assert.deepEqual([audits.view.activity.kind, audits.view.result], ['idle', null]);
    assert.equal(pictureOf(await run('nextInstance')).instance.index, 1);
    pictureOf(await explain(join(folder, 'long.csv')));
    assert.equal((await audited()).instances.length, 8);
  });

  it('lets maps be picked while it runs', async () => {
    pictureOf(await explain(sample('data/test.csv')));
    const running = run('auditFile');
    await settled(true);
    pictureOf(await run('pickInstance', 5));
    const { audit: audits } = (await lens()).works;
    assert.equal(audits.view.activity.kind, 'busy');
    await vscode.commands.executeCommand('attribution.cancelAudit');
    await running;
  });

  it('says in a sentence why it cannot be made', async () => {
    put(folder, 'long.csv', 't,a,b\n0,1,2\n');
    await run('auditFile');
    const { activity } = (await lens()).works.audit.view;
    assert.equal(activity.kind, 'refused');
    assert.ok(
      activity.kind === 'refused' && /\bc\b.*\bd\b/.test(activity.sentence),
      JSON.stringify(activity),
    );
  });

  it('is written as a report of its own, and the masked model as ONNX', async () => {
    await audited();
    const [report, model] = [join(folder, 'report.html'), join(folder, 'masked.onnx')];
    await run('exportAuditReport', vscode.Uri.file(report));
    const html = readFileSync(report, 'utf8');
    assert.match(html, /<title>Padding audit: long.csv<\/title>/);
    assert.doesNotMatch(html, /<script|https?:\/\//);
    await run('exportMaskedModel', vscode.Uri.file(model));
    const { inputs } = readOnnx(readFileSync(model));
    assert.deepEqual(
      inputs.map(({ name, dims }) => [name, dims.at(-1)]),
      [
        [inputs[0]!.name, 24],
        ['attribution_padding_mask', 24],
      ],
    );
  });

  it('has nothing to export before it was made', async () => {
    const report = join(folder, 'none.html');
    await run('exportAuditReport', vscode.Uri.file(report));
    assert.equal(existsSync(report), false);
  });
});
