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
    await panel.says('compare-picks', /gradcam\s*hirescam\s*≠/);
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

  it('comes back with both after a reload of the window', async () => {
    const { workbench, panel } = scene;
    await workbench.reload();
    await panel.frame.locator('#pane-difference-map').waitFor({ timeout: 60_000 });
    await panel.frame.locator('#compare-picks tr.differs[data-number="instance"]').waitFor();
    await panel.view('runs');
    await panel.frame.locator('#runs-list .run-unpin').first().waitFor();
    assert.equal(await panel.frame.locator('#runs-list li').count(), 3);
    assert.equal(await panel.frame.locator('#runs-list .run-unpin').count(), 1);
  });
});
