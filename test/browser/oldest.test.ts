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

  it('explains a CSV with WebAssembly', async () => {
    const { panel, workbench } = scene;
    assert.equal(scene.runtime, 'onnxruntime-web');
    await scene.explained('data/run_0003.csv');
    await panel.says('prediction', /predicted run .*\d/);
    await panel.says('origin', 'onnxruntime-web');
    assert.ok((await panel.canvas('heatmap')).colours > 50);
    await workbench.screenshot('oldest');
  });

  it('restores the panel when the window is reloaded', async function () {
    this.timeout(90_000);
    await scene.workbench.reload();
    await scene.panel.drawn(60_000);
    await scene.panel.says('prediction', /predicted run/);
  });
});
