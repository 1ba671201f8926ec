import assert from 'node:assert/strict';
import { cpSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { put, repository, sample, scratch, tinyFixture } from './support/files.ts';
import { explain, giveUntil, holds, lens, pictureOf, refusalOf, run, until } from './support/lens.ts';

describe('Explain File', () => {
  it('shows what the sample model sees in a walk, with the padding', async () => {
    const picture = pictureOf(await explain(sample('data/walk_0007.csv')));
    const { prediction, padding, map, instance, zones } = picture;
    assert.equal(prediction.classes[prediction.predicted], 'walk');
    assert.equal(picture.target.name, 'walk');
    assert.equal(padding.length, 48);
    assert.equal(map.columns, padding.mask.length);
    assert.equal(instance.lines[0], 2);
    assert.equal(instance.lines[48], 0);
    assert.equal(zones[0]?.from, 0);
    assert.equal(zones.at(-1)?.to, map.columns);
  });

  it('opens the panel beside the file', async () => {
    await explain(sample('data/walk_0007.csv'));
    const tabs = () =>
      vscode.window.tabGroups.all.flatMap((group) =>
        group.tabs.map(({ input, label }) => ({ input, label, column: group.viewColumn })),
      );
    const panels = () =>
      tabs().filter(
        ({ input }) =>
          input instanceof vscode.TabInputWebview && input.viewType.endsWith('attribution.panel'),
      );
    // The window tells of its tabs a moment later.
    await holds(() => panels().some(({ label }) => label.includes('walk_0007.csv')));
    const panel = panels();
    const text = tabs().find(
      ({ input }) => input instanceof vscode.TabInputText && input.uri.path.endsWith('walk_0007.csv'),
    );
    assert.equal(panel.length, 1);
    assert.match(panel[0]!.label, /walk_0007\.csv/);
    assert.notEqual(panel[0]!.column, text?.column);
  });

  it('gives the maps PyTorch gives', async () => {
    const reference = JSON.parse(readFileSync(tinyFixture('reference.json'), 'utf8'));
    await explain(join(scratch(), 'long.csv'));
    for (const { case: id, logits, maps } of reference.instances.slice(0, 3)) {
      await run('pickInstance', id);
      for (const layer of ['conv2dblock', 'conv1dblock', 'conv1d']) {
        for (const method of ['gradcam', 'hirescam'] as const) {
          await run('toggleRelu', false);
          await run('pickMethod', method);
          await run('pickLayer', layer);
          const picture = pictureOf(await run('pickClass', 0));
          near(picture.prediction.logits, logits);
          near(picture.native.values, maps[layer][method][0].flat());
        }
      }
    }
  });

  it('needs no set-up where one model of the workspace fits', async () => {
    const folder = scratch(['tiny.onnx', 'single.csv']);
    const { provenance } = pictureOf(await explain(join(folder, 'single.csv')));
    assert.match(provenance.model, /tiny\.onnx$/);
  });

  it('finds a TensorFlow.js model among other JSON, and explains anew when a shard of it changes', async () => {
    const folder = scratch([]);
    for (const name of ['model.json', 'group1-shard1of1.bin']) {
      cpSync(join(repository, 'test/fixtures/tfjs/layers_residual', name), join(folder, name));
    }
    put(folder, 'other-model.json', '{"model": "xcm", "layers": 3}');
    const rows = Array.from({ length: 24 }, (_, t) => `${Math.sin(t)},${Math.cos(t)},${Math.sin(3 * t)}`);
    const file = put(folder, 'series.csv', ['a,b,c', ...rows].join('\n'));
    const before = pictureOf(await explain(file));
    assert.equal(before.provenance.model, join(folder, 'model.json'));
    const shard = join(folder, 'group1-shard1of1.bin');
    const weights = new Float32Array(new Uint8Array(readFileSync(shard)).buffer);
    writeFileSync(shard, new Uint8Array(weights.map((value) => value * 1.5).buffer));
    const state = await until(
      ({ activity, explanation }) =>
        activity.kind === 'idle' && explanation?.provenance.modelHash !== before.provenance.modelHash,
      'the new weights',
    );
    assert.notDeepEqual(pictureOf(state).prediction.logits, before.prediction.logits);
  });

  it('asks once which of several models is meant, and remembers it for the folder', async () => {
    const folder = scratch(['tiny.onnx', 'single.csv', 'long.csv']);
    cpSync(join(folder, 'tiny.onnx'), join(folder, 'other.onnx'));
    const { session } = await lens();
    const asked = explain(join(folder, 'single.csv'));
    await until(({ activity }) => activity.kind === 'busy' && /Choose/.test(activity.what), 'the question');
    const chosen = () =>
      !(session.state.activity.kind === 'busy' && /Choose/.test(session.state.activity.what));
    await giveUntil('workbench.action.acceptSelectedQuickOpenItem', chosen);
    const { provenance } = pictureOf(await asked);
    await explain(sample('data/walk_0007.csv'));
    assert.equal(pictureOf(await explain(join(folder, 'long.csv'))).provenance.model, provenance.model);
    assert.equal(session.state.model?.path, provenance.model);
  });

  it('takes a folder for one data set, and follows its instances into their files', async () => {
    const folder = scratch(['tiny.onnx']);
    const rows = readFileSync(tinyFixture('single.csv'), 'utf8');
    mkdirSync(join(folder, 'recordings', 'walk'), { recursive: true });
    mkdirSync(join(folder, 'recordings', 'run'));
    put(folder, 'recordings/run/b.csv', rows);
    for (const name of ['a', 'c']) put(folder, `recordings/walk/${name}.csv`, rows);
    put(folder, 'recordings/run/d.csv', rows);
    const picture = pictureOf(await explain(join(folder, 'recordings')));
    assert.deepEqual([picture.instance.id, picture.instance.of], ['run/b.csv', 4]);
    assert.equal(picture.instance.label, 'run');
    await run('pickInstance', 'walk/c.csv');
    const { session } = await lens();
    assert.equal(pictureOf(session.state).instance.file, 'walk/c.csv');
    await run('revealStep', 1);
    const editor = vscode.window.visibleTextEditors.find(({ document }) =>
      document.uri.path.endsWith('recordings/walk/c.csv'),
    );
    assert.equal(editor?.selection.active.line, pictureOf(session.state).instance.lines[1]! - 1);
  });

  it('says so where no model fits, and takes one that is chosen', async () => {
    const folder = scratch(['single.csv']);
    const { sentence } = refusalOf(await explain(join(folder, 'single.csv')));
    assert.match(sentence, /the 4 features of single\.csv.*takes 30 features/);
    const model = join(scratch(), 'tiny.onnx');
    assert.equal(pictureOf(await run('chooseModel', model)).provenance.model, model);
  });
});

describe('Open Sample', () => {
  it('copies what is needed and leaves edited files alone', async () => {
    const folder = scratch([]);
    const copy = join(folder, 'attribution-lens-sample');
    await run('openSample', folder, false);
    assert.ok(statSync(join(copy, 'models/xcm.onnx')).size > 1000);
    writeFileSync(join(copy, 'attribution.json'), '{}');
    await run('openSample', folder, false);
    assert.equal(readFileSync(join(copy, 'attribution.json'), 'utf8'), '{}');
  });
});

function near(actual: Float32Array, expected: readonly number[]): void {
  assert.equal(actual.length, expected.length);
  const largest = Math.max(...expected.map(Math.abs));
  const worst = Math.max(...expected.map((value, index) => Math.abs(value - actual[index]!)));
  assert.ok(worst <= 1e-4 * largest, `off by ${worst} where the largest value is ${largest}`);
}
