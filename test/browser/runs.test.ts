import assert from 'node:assert/strict';
import { Scene } from './scene.ts';

describe('Runs and Compare', function () {
  this.timeout(180_000);
  let scene: Scene;

  before(async () => {
    scene = await Scene.open();
    await scene.explained('data/test.csv', 60_000);
  });

  afterEach(async function () {
    await scene.pictureIfFailed(this.currentTest);
  });

  after(() => scene?.close());

  it('compares the map with another method, chosen from a list', async () => {
    const { workbench, panel } = scene;
    await workbench.command('Attribution: Compare with…');
    await workbench.quickPick.item('Another method').click();
    await workbench.quickPick.item('HiResCAM').click();
    await panel.frame.locator('#pane-difference-map').waitFor({ timeout: 20_000 });
    await panel.says('compare-picks', /Grad-CAM\s*HiResCAM\s*≠/);
    await panel.says('compare-numbers', /correlation of the maps\s*−?\d\.\d\d over \d+ real steps/);
    await workbench.screenshot('compare');
  });

  it('lists the runs and compares two of them by click', async () => {
    const { workbench, panel } = scene;
    await workbench.command('Attribution: Next Instance');
    await panel.frame.locator('#position', { hasText: '2 / 60' }).waitFor();
    await workbench.command('Attribution: Show Runs');
    const rows = panel.frame.locator('#runs-list li');
    await rows.nth(2).waitFor();
    assert.equal(await rows.count(), 3);
    await rows.nth(2).locator('.run-asa').click();
    await rows.nth(0).locator('.run-asb').click();
    await panel.frame.locator('#runs-list li:nth-child(1) .run-asb[aria-pressed="true"]').waitFor();
    await rows.nth(0).locator('.run-pin').click();
    await rows.nth(0).locator('.run-unpin').waitFor();
    await workbench.screenshot('runs');
    await panel.frame.locator('#compare-chosen').click();
    await panel.frame.locator('#compare-picks tr.differs[data-number="instance"]').waitFor();
    await workbench.screenshot('compare-runs');
  });

  it('gives a run a name, and takes a deletion back', async () => {
    const { workbench, panel } = scene;
    await panel.view('runs');
    const rows = panel.frame.locator('#runs-list li');
    await rows.nth(1).locator('.run-name').click();
    const input = workbench.page.locator('.quick-input-widget input[type=text]');
    await input.waitFor();
    await input.fill('before the mask');
    await workbench.page.keyboard.press('Enter');
    await rows.nth(1).locator('b', { hasText: 'before the mask' }).waitFor();
    await rows.nth(1).locator('.run-delete').click();
    await panel.frame.locator('#undelete', { hasText: 'Undo: delete before the mask' }).click();
    await rows.nth(1).locator('b', { hasText: 'before the mask' }).waitFor();
    assert.equal(await rows.count(), 3);
    assert.equal(await rows.locator('canvas').count(), 3);
    await panel.view('compare');
  });

  it('keeps a panel: the next file opens a panel of its own, and both are alive', async () => {
    const { workbench, panel } = scene;
    await panel.frame.locator('#keep').click();
    await panel.frame.locator('#keep[aria-pressed="true"]').waitFor();
    await scene.explain('data/walk_0007.csv');
    const second = await scene.panelOf('walk_0007.csv');
    await second.drawn();
    await panel.drawn(1000, 'test.csv');
    await workbench.tab('Attribution: test.csv (kept)').waitFor();
    await second.view('runs');
    await second.frame.locator('#runs-list li').nth(3).waitFor();
    // Each steps through its own file.
    await panel.view('map');
    await panel.frame.locator('#next').click();
    await panel.frame.locator('#position', { hasText: '3 / 60' }).waitFor();
    assert.equal(await second.text('position'), '1 / 1');
    await second.frame.locator('#runs-list li').nth(4).waitFor();
    await workbench.screenshot('kept-panel');
    await panel.view('compare');
  });

  it('comes back with both after a reload of the window', async () => {
    const { workbench } = scene;
    await workbench.reload();
    const panel = await scene.panelOf('test.csv');
    await panel.frame.locator('#pane-difference-map').waitFor({ timeout: 60_000 });
    await panel.frame.locator('#compare-picks tr.differs[data-number="instance"]').waitFor();
    await panel.view('runs');
    await panel.frame.locator('#runs-list .run-unpin').first().waitFor();
    assert.equal(await panel.frame.locator('#runs-list .run-unpin').count(), 1);
    assert.equal(await panel.text('position'), '3 / 60');
    await panel.frame.locator('#keep[aria-pressed="true"]').waitFor();
    const second = await scene.panelOf('walk_0007.csv');
    assert.equal(await second.frame.locator('#keep').getAttribute('aria-pressed'), 'false');
  });
});
