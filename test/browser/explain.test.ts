import assert from 'node:assert/strict';
import { Scene } from './scene.ts';

describe('A CSV explained from the explorer', () => {
  let scene: Scene;

  before(async function () {
    this.timeout(180_000);
    scene = await Scene.shared();
  });

  afterEach(async function () {
    await scene.pictureIfFailed(this.currentTest);
  });

  after(() => scene?.close());

  it('shows prediction, map, signals, padding, layer and class beside the file', async () => {
    const { panel, workbench } = scene;
    await scene.explained('data/walk_0007.csv');
    await panel.says('prediction', /predicted walk .*\d/);
    await panel.says('label', 'agrees');
    await panel.says('length', '48 real of 131 steps');
    await panel.says('map-title', /Grad-CAM of \S+ for walk/);
    await panel.says('caption', 'hatched: padding');
    assert.match((await panel.frame.locator('#zones').getAttribute('aria-label'))!, /REAL steps 0.47/);
    assert.match((await panel.frame.locator('#layer').inputValue())!, /conv/);
    const map = await panel.canvas('heatmap');
    assert.ok(map.colours > 50, `${map.colours} colours on the map`);
    assert.ok((await panel.canvas('signals')).colours > 5);

    await workbench.tab('walk_0007.csv').waitFor();
    const csv = (await workbench.editor.line('left_ankle_acc_x').boundingBox())!;
    const page = (await panel.frame.locator('#heatmap').boundingBox())!;
    assert.ok(page.x > csv.x, 'the panel stands at the right of the file');
    await workbench.screenshot('explained');
  });

  it('says in the status bar what runs the model', async () => {
    await scene.workbench
      .status(new RegExp(scene.runtime === 'onnxruntime-node' ? 'native|node' : 'wasm|web', 'i'))
      .waitFor();
  });

  it('reveals the row of a clicked step', async () => {
    await scene.panel.clickStep(10);
    await scene.workbench.editor.cursorIn(12);
  });

  it('marks the step of the row with the cursor', async () => {
    const { workbench, panel } = scene;
    await workbench.editor.line('left_ankle_acc_x').click();
    await workbench.editor.goTo(32);
    await panel.marked(30);
  });

  it('opens a changed series as rows of a new text, and leaves the file as it is', async () => {
    const { workbench, panel } = scene;
    await panel.frame.locator('#heatmap').focus();
    for (const key of ['Home', 'b', 'ArrowRight', 'Enter']) await workbench.page.keyboard.press(key);
    await panel.frame.locator('#what-if-mask').click();
    await panel.says('what-if-answers', /→/);
    await panel.frame.locator('#what-if-rows').click();
    const made = workbench.page.locator('.tab', { hasText: /Untitled|t,label/ });
    await made.first().waitFor();
    await workbench.screenshot('what-if-rows');
    await panel.frame.locator('#what-if-undo').click();
    // The last click gave the focus to the panel: without this one it is the panel that gets closed.
    await made.first().click();
    await workbench.command('View: Revert and Close Editor');
    await made.first().waitFor({ state: 'detached' });
  });

  it('restores the panel with what was picked when the window is reloaded', async function () {
    this.timeout(90_000);
    const { panel, workbench } = scene;
    await workbench.command('Attribution: Pick Layer…');
    await workbench.quickPick.choose('concat');
    await panel.says('map-title', ' of concat ');
    const before = await panel.title();
    await workbench.reload();
    await panel.drawn(60_000);
    assert.equal(await panel.title(), before);
    await panel.says('prediction', /predicted walk/);
    assert.ok((await panel.canvas('heatmap')).colours > 20);
    await workbench.screenshot('reloaded');
  });

  it('asked nothing outside this machine', () => {
    assert.deepEqual(scene.workbench.outside, []);
  });
});
