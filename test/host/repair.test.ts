import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { readOnnx } from '../../src/formats/onnx/readOnnx.ts';
import { createRandom } from '../../src/random.ts';
import { project, put, scratch, tinyFixture } from './support/files.ts';
import { explain, lens, pictureOf, run } from './support/lens.ts';
import { until } from './support/until.ts';

const command = (name: string, ...given: unknown[]) =>
  vscode.commands.executeCommand(`attribution.${name}`, ...given);

/** 24 series of different lengths, labelled in turn, with a bump on another feature each. */
function noise(): string {
  const [{ standardize }] = JSON.parse(readFileSync(tinyFixture('attribution.json'), 'utf8')).preprocess;
  const { mean, std } = standardize as { readonly mean: number[]; readonly std: number[] };
  const random = createRandom(3);
  const lines = ['case,t,label,a,b,c,d'];
  for (let i = 0; i < 24; i++) {
    for (let t = 0; t < 8 + ((5 * i) % 14); t++) {
      const bump = (f: number) => (t > 2 && t < 7 && f === 1 + (i % 2) ? 3 : 0);
      const row = mean.map((m, f) => m + std[f]! * (random.normal() + bump(f)));
      lines.push([`i${i}`, t, i % 2 ? 'left' : 'right', ...row].join(','));
    }
  }
  return `${lines.join('\n')}\n`;
}

describe('Repair and training', function () {
  this.timeout(120_000);
  let folder: string;
  let data: string;
  before(() => {
    folder = scratch(['tiny.onnx', 'attribution.json']);
    const features = ['a', 'b', 'c', 'd'];
    project(folder, { data: { case: 'case', time: 't', label: 'label', features } });
    data = put(folder, 'noise.csv', noise());
  });
  beforeEach(async () => {
    pictureOf(await explain(data));
  });

  /** Waits until the repair that is begun has seen something of a kind; what the one before saw stands until then. */
  async function seen(kind: 'before' | 'candidate', earlier: readonly object[]): Promise<void> {
    const { repair } = (await lens()).works;
    const is = () => repair.view.seen !== earlier && repair.view.seen.some((one) => kind in one);
    await until(`the repair has seen a ${kind}`, is, repair.onDidChange);
  }

  it('a copy is repaired, kept where a person says, never over its model, and its maps stand beside the old ones', async () => {
    await run('repairFile', undefined, { arm: 'masked' });
    const { works, runs } = await lens();
    const { result, activity, seen: told } = works.repair.view;
    assert.equal(activity.kind, 'idle', JSON.stringify(activity));
    assert.ok(result?.model && result.found.written);
    assert.deepEqual(
      told.map((one) => Object.keys(one)[0]),
      ['before', 'candidate'],
    );
    assert.equal(works.repair.shown.result?.model, null);
    const model = join(folder, 'tiny.onnx');
    const before = readFileSync(model);
    // Its sentence waits for nobody here.
    void command('keepRepaired', vscode.Uri.file(model));
    // Nor can this be a place; the copy is still there to be kept elsewhere.
    void command('keepRepaired', vscode.Uri.file(join(model, 'tiny_repaired.onnx')));
    const kept = join(folder, 'tiny_repaired.onnx');
    await command('keepRepaired', vscode.Uri.file(kept));
    assert.deepEqual(readFileSync(model), before);
    assert.equal(readOnnx(readFileSync(kept)).inputs.length, 1);
    assert.equal(works.repair.shown.result?.kept, kept);
    await command('compareRepaired');
    const { a, b } = runs.pair ?? assert.fail('nothing is compared');
    assert.equal(a.facts.instance.id, b.facts.instance.id);
    assert.deepEqual([a.facts.how.layer, a.facts.model.path], [b.facts.how.layer, model]);
    assert.match(b.facts.model.path, /[0-9a-f]{12}.tiny_repaired\.onnx$/);
    const report = join(folder, 'repair.html');
    await command('exportRepairReport', vscode.Uri.file(report));
    assert.match(readFileSync(report, 'utf8'), /Before and after/);
  });

  it('Cancel keeps the best so far, and a second piece of work is not begun beside it', async () => {
    const { works, training, lab } = await lens();
    const { seen: earlier } = works.repair.view;
    const running = run('repairFile', undefined, { arm: 'all', epochs: 500 });
    await seen('candidate', earlier);
    assert.match(lab.busy ?? '', /^Repairing padding goes on already/);
    void command('trainFile', vscode.Uri.file(data), { architecture: 'gru' });
    void command('repairFile', undefined, { arm: 'head' });
    await command('cancelRepair');
    await running;
    const { result, activity } = works.repair.view;
    assert.equal(activity.kind, 'idle', JSON.stringify(activity));
    assert.equal(result?.found.stopped, true);
    assert.ok(result.found.candidates.length < 5);
    assert.equal(training.view.data, null);
    assert.equal(lab.busy, undefined);
  });

  it('Cancel before anything was measured says that nothing is kept', async () => {
    const { repair } = (await lens()).works;
    const running = run('repairFile', undefined, { arm: 'all', epochs: 500 });
    await until('the repair goes on', () => repair.view.activity.kind === 'busy', repair.onDidChange);
    await command('cancelRepair');
    const { activity } = repair.view;
    assert.ok(activity.kind === 'refused' && /^Cancelled: nothing is kept/.test(activity.sentence));
    assert.ok(activity.cancelled, 'it is not told again in a message');
    await running.catch(() => {});
  });

  it('the engine is killed in the middle: one sentence, and the next try goes through', async () => {
    const { works, lab, session } = await lens();
    const { seen: earlier } = works.repair.view;
    const running = command('repairFile', undefined, { arm: 'all', epochs: 500 });
    await seen('before', earlier);
    process.kill(lab.pid!, 'SIGKILL');
    const { repair } = works;
    await until('the repair has ended', () => repair.view.activity.kind !== 'busy', repair.onDidChange);
    const { activity } = repair.view;
    assert.ok(activity.kind === 'refused' && /stopped unexpectedly .*try again/.test(activity.sentence));
    assert.equal(session.state.activity.kind, 'idle');
    void running;
    void run('repairFile', undefined, { arm: 'masked' });
    await until('the repair is through', () => repair.view.activity.kind === 'idle', repair.onDidChange, 120);
    assert.ok(repair.view.result?.found.candidates.length);
  });

  it('a file that nothing can be learnt from is refused before anything is asked', async () => {
    const { training } = await lens();
    const { view } = training;
    const bare = put(folder, 'bare.csv', noise().replaceAll(/,(label|left|right),/g, ','));
    // No list opens, which would wait for somebody.
    await command('trainFile', vscode.Uri.file(bare));
    assert.equal(training.view, view, 'nothing was begun');
  });

  it('a model is trained on a file, written with its settings, and opened', async () => {
    const { training, session } = await lens();
    const target = vscode.Uri.file(join(folder, 'noise_gru.onnx'));
    const wish = { architecture: 'gru', padding: 'end', masked: true, epochs: 2 };
    const uri = vscode.Uri.file(data);
    await command('trainFile', uri, wish, { target, settings: 'replace' });
    const { report, curve, isOpen } = training.view;
    assert.deepEqual(
      [curve.length, report?.classes, isOpen],
      [2, ['left', 'right'], false],
      JSON.stringify(training.view.activity),
    );
    const settings = JSON.parse(readFileSync(join(folder, 'attribution.json'), 'utf8'));
    assert.deepEqual([settings.model, settings.classes], ['noise_gru.onnx', ['left', 'right']]);
    assert.ok(existsSync(join(folder, 'attribution.before.json')));
    pictureOf(session.state);
    assert.equal(session.state.model?.path, target.fsPath);
  });
});
