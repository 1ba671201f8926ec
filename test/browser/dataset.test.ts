import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Scene } from './scene.ts';
import { sampleData } from './workspace.ts';

describe('The dataset view', function () {
  this.timeout(180_000);
  let scene: Scene;

  before(async () => {
    scene = await Scene.shared({ 'data/dataset.csv': sampleData('test.csv') });
    await scene.explained('data/dataset.csv', 60_000);
  });

  afterEach(async function () {
    await scene.pictureIfFailed(this.currentTest);
  });

  after(() => scene?.close());

  it('goes from the palette to the features that each class was made with', async () => {
    const { workbench, panel } = scene;
    await workbench.command('Attribution: Explain Whole File (Dataset View)');
    await panel.says('dataset-what', /^60 instances: .*59 of 60 answers are right/);
    const group = panel.frame.locator('#dataset-group');
    const walk = await group.locator('option', { hasText: 'labelled walk' }).getAttribute('value');
    await group.selectOption(walk!);
    await panel.says('dataset-ranking', /the mean over 20 instances/);
    await panel.frame.locator('#dataset-ranking summary').click();
    const first = panel.frame.locator('#ranking-numbers tbody tr td:first-child');
    await first.first().waitFor();
    const two = (await first.allInnerTexts()).slice(0, 2).toSorted();
    assert.deepEqual(two, ['left_ankle_acc_x', 'left_ankle_gyro_y']);
    await panel.frame.locator('#dataset-alignment').selectOption('relative');
    await panel.says('dataset-mean-words', /Every column rests on 5 instances or more/);
    await workbench.dismissNotifications();
    await panel.frame.locator('#dataset-map').scrollIntoViewIfNeeded();
    await workbench.screenshot('dataset');
  });

  it('is saved as a table, chosen from a list', async () => {
    const { workbench, panel, workspace } = scene;
    await panel.frame.locator('#export-dataset').click();
    await workbench.quickPick.item('Instances (CSV)').click();
    await workbench.page.waitForFunction(
      "document.querySelector('.quick-input-widget input[type=text]')?.value.endsWith('data/dataset.instances.csv')",
    );
    await workbench.page.locator('.quick-input-widget .monaco-button', { hasText: 'OK' }).first().click();
    await workbench.notification('Saved dataset.instances.csv').waitFor();
    const rows = (await readFile(join(workspace, 'data', 'dataset.instances.csv'), 'utf8'))
      .trim()
      .split('\n');
    assert.equal(rows.length, 61);
  });

  it('goes to the instance that stands out', async () => {
    const { panel } = scene;
    await panel.frame.locator('#outliers button', { hasText: 'stairs_0017' }).press('Enter');
    await panel.frame.locator('#view-map').waitFor();
    await panel.says('instance', 'stairs_0017');
  });

  it('is out of date once the mask changes', async () => {
    const { workbench, panel } = scene;
    await workbench.command('Attribution: Pick Padding Mask…');
    await workbench.quickPick.item('None').click();
    await panel.view('dataset');
    await panel.says('dataset-words', 'out of date');
  });
});
