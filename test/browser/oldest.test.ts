import assert from 'node:assert/strict';
import { Scene } from './scene.ts';

describe('The universal package in the oldest VS Code', () => {
  let scene: Scene;

  before(async function () {
    this.timeout(180_000);
    scene = await Scene.open({ release: '1.100' });
  });

  afterEach(async function () {
    await scene.pictureIfFailed(this.currentTest);
  });

  after(() => scene?.close());

  it('explains a CSV with WebAssembly, the map first', async () => {
    const { panel, workbench } = scene;
    assert.equal(scene.runtime, 'onnxruntime-web');
    await scene.explained('data/test.csv');
    await panel.says('prediction', /predicted run .*\d/);
    await panel.says('origin', 'onnxruntime-web');
    assert.ok((await panel.canvas('heatmap')).colours > 50);
    const page = (await workbench.page.locator('iframe.webview.ready').boundingBox())!;
    const map = (await panel.frame.locator('#heatmap').boundingBox())!;
    const share = (await panel.frame.locator('#padding-share').boundingBox())!;
    assert.ok(map.height >= page.height / 2, `${map.height} of ${page.height} px`);
    assert.ok(share.y > page.y && share.y + share.height < map.y);
    await workbench.screenshot('oldest');
  });

  it('walks the instances by key, and the file follows', async () => {
    const { panel, workbench } = scene;
    await panel.frame.locator('#heatmap').focus();
    await workbench.page.keyboard.press('Alt+PageDown');
    await panel.says('position', '2 / 60');
    await workbench.editor.line('walk_0001,').waitFor();
    await panel.frame.locator('#previous').click();
    await panel.says('position', '1 / 60');
    await workbench.editor.line('run_0000,').waitFor();
  });

  it('selects in the file what is chosen in the map, and frames in the map what the file has selected', async () => {
    const { panel, workbench } = scene;
    await panel.frame.locator('#heatmap').focus();
    for (const key of ['Home', 'b', 'ArrowRight', 'ArrowDown', 'Enter'])
      await workbench.page.keyboard.press(key);
    await panel.says('what-if-place', 'steps 0–1 of 2 features were');
    await workbench.page.locator('.monaco-editor .selected-text').nth(1).waitFor({ state: 'attached' });
    await panel.frame.locator('#what-if-mask').click();
    await panel.says('what-if-answers', /→/);
    await panel.frame.locator('#what-if-undo').click();
    await workbench.editor.line('run_0000,').first().click();
    await workbench.editor.goTo(12);
    await panel.marked(10);
    await workbench.page.keyboard.press('Shift+ArrowDown');
    await panel.frame.locator('#file-selection').waitFor();
  });

  it('lists the instances with their confusion matrix', async () => {
    const { panel, workbench } = scene;
    await panel.view('instances');
    await panel.frame.locator('#list-instances').click();
    await panel.frame.locator('.grid-row').first().waitFor({ timeout: 60_000 });
    await panel.frame.locator('.confusion-place .wrong button').first().click();
    await panel.says('instances-found', /^\d of 60 instances/);
    await workbench.screenshot('oldest-instances');
    await panel.view('map');
  });

  it('restores the panel when the window is reloaded', async function () {
    this.timeout(90_000);
    await scene.workbench.reload();
    await scene.panel.drawn(60_000, 'test.csv');
    await scene.panel.says('prediction', /predicted run/);
  });

  // Without a reload: of two pages that come back at once, VS Code 1.100 in a browser lets one ask the network for its
  // script, past the service worker that has it. Two of its own image previews do the same.
  it('keeps a panel beside that of the next file', async () => {
    const { panel, workbench } = scene;
    await panel.frame.locator('#keep').click();
    await panel.frame.locator('#keep[aria-pressed="true"]').waitFor();
    await scene.explain('data/run_0003.csv');
    const second = await scene.panelOf('run_0003.csv');
    await second.drawn();
    await (await scene.panelOf('test.csv')).drawn(1000);
    await workbench.screenshot('oldest-kept');
  });
});
