import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readOnnx } from '../../src/formats/onnx/readOnnx.ts';
import { Scene } from './scene.ts';
import { sampleData } from './workspace.ts';

describe('Export…', function () {
  this.timeout(180_000);
  let scene: Scene;

  before(async () => {
    scene = await Scene.shared({ 'data/export.csv': sampleData('test.csv') });
    await scene.explained('data/export.csv', 60_000);
  });

  afterEach(async function () {
    await scene.pictureIfFailed(this.currentTest);
  });

  after(() => scene?.close());

  /** By the row itself: other commands that begin with Export stand above it. */
  async function open(): Promise<void> {
    const { quickPick } = scene.workbench;
    await quickPick.open('F1', '>Attribution: Export…');
    await quickPick.item(/^Attribution: Export…/).click();
  }

  /** Waits for the save dialog to offer a path, and takes it. */
  async function write(ending: string): Promise<Buffer> {
    const { workbench, workspace } = scene;
    // The dialog fills its box only after it has read the folder.
    await workbench.page.waitForFunction(
      `document.querySelector('.quick-input-widget input[type=text]')?.value.endsWith(${JSON.stringify(ending)})`,
    );
    await workbench.page.locator('.quick-input-widget .monaco-button', { hasText: 'OK' }).first().click();
    await workbench.notification(`Saved ${ending.slice(ending.lastIndexOf('/') + 1)}`).waitFor();
    return readFile(join(workspace, ending));
  }

  it('lists the formats and saves a picture under the name of the instance', async () => {
    const { workbench } = scene;
    await open();
    const item = workbench.quickPick.item('Picture (PNG)');
    await item.waitFor();
    await workbench.screenshot('export-formats');
    await item.click();
    const png = await write('data/export.run_0000.map.png');
    assert.equal(png.toString('latin1', 1, 4), 'PNG');
    const saved = workbench.notification('Saved export.run_0000.map.png');
    await saved.getByRole('button', { name: 'Reveal' }).click();
    await workbench.page
      .locator('.explorer-folders-view .monaco-list-row.focused', { hasText: 'export.run_0000.map.png' })
      .waitFor();
  });

  it('saves explainer.onnx that takes raw series', async () => {
    const { workbench } = scene;
    await open();
    await workbench.quickPick.item('Explainer (ONNX)').click();
    const raw = workbench.quickPick.item('Raw series and their lengths');
    await raw.waitFor();
    await workbench.screenshot('export-explainer');
    await raw.click();
    const { inputs, outputs } = readOnnx(await write('models/xcm.explainer.onnx'));
    assert.deepEqual(
      inputs.map(({ name }) => name),
      ['series', 'length'],
    );
    assert.ok(outputs.some(({ name, dims }) => name === 'map' && dims.slice(1).join() === '30,131'));
  });
});
