import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../workbench/folders.ts';
import { Scene } from './scene.ts';
import { sampleData } from './workspace.ts';

const fixture = (name: string) => readFileSync(join(root, 'test/fixtures/reading', name));
const walk = readFileSync(join(root, 'media/sample/data/walk_0007.csv'), 'utf8').trim().split('\n');

describe('How a file is read', () => {
  let scene: Scene;
  const project = (folder: string) => join(scene.workspace, folder, 'attribution.json');
  const said = (folder: string) => readFileSync(project(folder), 'utf8');

  before(async function () {
    this.timeout(180_000);
    scene = await Scene.shared({
      'asked/gestures.csv': fixture('file_gesture.csv'),
      'asked/model.onnx': fixture('f3_free_c4.onnx'),
      'asked/attribution.json': '{\n  // ours\n  "model": "model.onnx"\n}\n',
      'data/read.csv': sampleData('walk_0007.csv'),
      'data/bad_cell.csv': walk
        .map((line, at) => (at === 8 ? line.replace(/(,[^,]*),[^,]*/, '$1,oops') : line))
        .join('\n'),
    });
  });
  afterEach(async function () {
    await scene.pictureIfFailed(this.currentTest);
  });
  after(() => scene?.close());

  it('is asked with a preview of each reading, and the choice is remembered and taken back', async () => {
    const { panel, workbench } = scene;
    await scene.explain('asked/gestures.csv');
    const ways = panel.frame.locator('.reading-way');
    await ways.filter({ hasText: '6 instances × 60 steps' }).waitFor({ timeout: 30_000 });
    await ways.filter({ hasText: '1 instance × 360 steps' }).waitFor({ timeout: 30_000 });
    await workbench.screenshot('reading-asked');
    await ways.filter({ hasText: '6 instances' }).locator('button').click();
    await panel.drawn(30_000, 'gestures.csv');
    assert.match(said('asked'), /\/\/ ours[\s\S]*"data": \{\s*"case": "file"\s*\}/);
    await panel.frame.locator('#reading-words', { hasText: '6 instances × 60 steps' }).waitFor();
    await workbench.screenshot('reading-chosen');
    await panel.frame.locator('#undo-reading').click();
    await ways.first().waitFor({ timeout: 30_000 });
    assert.doesNotMatch(said('asked'), /"data"/);
  });

  it('is one line under the map, and a change shows what it gives before it is written', async () => {
    const { panel, workbench } = scene;
    await scene.explained('data/read.csv');
    await panel.frame.locator('#tab-map').click();
    await panel.frame.locator('#reading-line', { hasText: 'Read as 1 instance' }).waitFor();
    const before = await panel.canvas('heatmap');
    const written = readFileSync(join(scene.workspace, 'attribution.json'), 'utf8');
    await panel.frame.locator('#open-reading').click();
    await panel.frame.locator('#change-standardise').click();
    const { quickPick } = workbench;
    await quickPick.opened();
    await quickPick.item(/p\(\w+\) [\d.]+ → p\(\w+\)/).waitFor({ timeout: 30_000 });
    await workbench.screenshot('reading-change');
    assert.equal(readFileSync(join(scene.workspace, 'attribution.json'), 'utf8'), written);
    await quickPick.choose(/Not at all/);
    await panel.frame.locator('.reading-written', { hasText: 'preprocess' }).waitFor({ timeout: 20_000 });
    await panel.says('reading-standardise', /nothing is standardised/);
    await panel.frame.locator('#tab-map').click();
    await panel.redrawn(before);
    await panel.frame.locator('#open-reading').click();
    await panel.frame.locator('#undo-reading').click();
    await panel.says('reading-standardise', /by mean and deviation/);
    assert.equal(readFileSync(join(scene.workspace, 'attribution.json'), 'utf8'), written);
  });

  it('marks the cell that cannot be read, and says it once', async () => {
    const { panel, workbench } = scene;
    await workbench.dismissNotifications();
    await scene.refused('data/bad_cell.csv', /line 9, column .*"oops" is not a number/);
    await workbench.page.locator('.monaco-editor .squiggly-error').first().waitFor({ timeout: 20_000 });
    assert.equal(await workbench.notification('oops').count(), 0);
    await panel.frame.locator('[data-command="changeReading"]').waitFor();
    await workbench.screenshot('reading-bad-cell');
  });
});
