import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { readFile, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { readOnnx } from '../../src/formats/onnx/readOnnx.ts';
import { noiseCsv } from '../fixtures/noiseCsv.ts';
import { Scene } from './scene.ts';

const tiny = (name: string) => readFileSync(new URL(`../fixtures/tiny/${name}`, import.meta.url));

describe('Repair and training', function () {
  this.timeout(120_000);
  let scene: Scene;

  before(async () => {
    scene = await Scene.shared({
      'data/mend/noise.csv': noiseCsv({ instances: 40, labelled: true }),
      'data/mend/tiny.onnx': tiny('tiny.onnx'),
      'data/mend/attribution.json': tiny('attribution.json'),
    });
    await scene.explained('data/mend/noise.csv', 60_000);
  });

  afterEach(async function () {
    await scene.pictureIfFailed(this.currentTest);
  });

  after(() => scene?.close());

  /** Takes what the dialog offers once it offers a file of that name. */
  async function save(name: string): Promise<void> {
    const { workbench } = scene;
    await workbench.page.locator('.quick-input-widget input[type=text]').waitFor();
    await workbench.page.waitForFunction(
      `document.querySelector('.quick-input-widget input[type=text]')?.value.endsWith('mend/${name}')`,
    );
    await workbench.page.locator('.quick-input-widget .monaco-button', { hasText: 'OK' }).first().click();
    // The pointer that stays there would bring up what the next box says of itself, over the rows of its list.
    await workbench.page.mouse.move(700, 700);
    await workbench.notification(`Saved ${name}`).waitFor();
  }

  /** A device that takes nothing; the dialog asks before it is written over. */
  async function saveOnFullDisk(): Promise<void> {
    const { workbench, workspace } = scene;
    const full = join(workspace, 'data/mend/full.onnx');
    await symlink('/dev/full', full);
    const input = workbench.page.locator('.quick-input-widget input[type=text]');
    const ok = workbench.page.locator('.quick-input-widget .monaco-button', { hasText: 'OK' }).first();
    await input.waitFor();
    // The dialog fills its box only after it has read the folder: what is written before is gone then.
    await workbench.page.waitForFunction(
      "document.querySelector('.quick-input-widget input[type=text]')?.value.endsWith('mend/tiny_repaired.onnx')",
    );
    await input.fill(full);
    await ok.click();
    await workbench.page.locator('.quick-input-widget', { hasText: 'full.onnx already exists' }).waitFor();
    await ok.click();
    const said = workbench.notification(/Cannot write full\.onnx .*the disk is full/);
    await said.getByRole('button', { name: 'Save Elsewhere…' }).click();
    await rm(full);
  }

  it('from a piece of advice to a repaired copy beside its model, and both maps beside each other', async () => {
    const { workbench, panel, workspace } = scene;
    await workbench.command('Attribution: Audit Padding (Whole File)');
    const advice = panel.frame.locator('.advice[data-try="head"] .try-it');
    await advice.waitFor({ timeout: 60_000 });
    await advice.click();
    await panel.frame.locator('#repair-candidates tr[data-repair="head"]').waitFor({ timeout: 60_000 });
    await panel.frame
      .locator('#verdict-repair[data-answer]:not([data-answer=""])')
      .waitFor({ timeout: 60_000 });
    await panel.says('repair-before-after', /worst look flip/);
    await workbench.dismissNotifications();
    await workbench.screenshot('repair');
    await panel.frame.locator('#keep-repaired').click();
    await saveOnFullDisk();
    await save('tiny_repaired.onnx');
    const kept = readOnnx(await readFile(join(workspace, 'data/mend/tiny_repaired.onnx')));
    // Look alone flips, which a mask input mends.
    assert.equal(kept.inputs.length, 2);
    await panel.says('repair-words', /kept as tiny_repaired\.onnx/);
    assert.deepEqual(await readFile(join(workspace, 'data/mend/tiny.onnx')), tiny('tiny.onnx'));
    await panel.frame.locator('#compare-repaired').click();
    await panel.says('compare-words', /share one colour scale/);
    const heads = panel.frame.locator('.panes .pane-title');
    assert.match((await heads.nth(0).textContent()) ?? '', /noise\.csv · \S+ · tiny\.onnx$/);
    assert.match((await heads.nth(1).textContent()) ?? '', /noise\.csv · \S+ · tiny_repaired\.onnx$/);
    await workbench.dismissNotifications();
    await workbench.screenshot('repair-compare');
  });

  it('from the palette to a trained model that a reload of the window leaves, and that the panel opens with', async () => {
    const { workbench, panel, workspace } = scene;
    await workbench.command('Attribution: Train a Model on This File…');
    // By their beginnings: the list before may stand for a moment longer.
    for (const choice of [/^Choose…/, /^GRU/, /^end/, /^Every layer masked/, /^20/])
      await workbench.quickPick.item(choice).click();
    await panel.frame
      .locator('#training-words', { hasText: 'GRU on noise.csv' })
      .waitFor({ timeout: 60_000 });
    await workbench.screenshot('training');
    await workbench.quickPick.opened();
    await workbench.quickPick.escape();
    await workbench.reload();
    const left = workbench.notification('The model trained on noise.csv has not been kept.');
    await left.getByRole('button', { name: 'Keep Trained Model…' }).click();
    await save('noise_gru.onnx');
    await workbench.quickPick.item('Replace attribution.json').click();
    await panel.frame.locator('#model', { hasText: 'noise_gru.onnx' }).waitFor({ state: 'attached' });
    const settings = JSON.parse(await readFile(join(workspace, 'data/mend/attribution.json'), 'utf8'));
    assert.deepEqual([settings.model, settings.classes], ['noise_gru.onnx', ['left', 'right']]);
    assert.deepEqual(
      await readFile(join(workspace, 'data/mend/attribution.before.json')),
      tiny('attribution.json'),
    );
  });
});
