import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../workbench/folders.ts';
import { Scene } from './scene.ts';

/** A script that leaves a trace of having been run. */
const script = `import { writeFileSync } from 'node:fs';
writeFileSync(new URL('ran', import.meta.url), '');
export const preprocess = (all) => all.map(({ length, values }) =>
  ({ length, values: values.map((row) => [...row, ...Array(131 - length).fill(0)]) }));
`;

describe('A workspace that is not trusted', () => {
  let scene: Scene;

  before(async function () {
    this.timeout(180_000);
    scene = await Scene.open({
      asksForTrust: true,
      files: {
        'linked/walk.csv': readFileSync(join(root, 'media/sample/data/walk_0007.csv')),
        'linked/preprocess.mjs': script,
        'linked/keys.npz': readFileSync(join(root, 'test/fixtures/reading/train_keys.npz')),
        'linked/attribution.json': JSON.stringify({
          model: '../models/xcm.onnx',
          data: { time: 't', label: 'label' },
          preprocess: { script: 'preprocess.mjs' },
        }),
      },
      settings: {
        'security.workspace.trust.enabled': true,
        'security.workspace.trust.startupPrompt': 'never',
      },
    });
  });

  afterEach(async function () {
    await scene.pictureIfFailed(this.currentTest);
  });

  after(() => scene?.close());

  it('gets no model loaded, and is told why', async () => {
    const { workbench } = scene;
    const sentence = /1 instance of 30 features; models are not loaded before you trust/;
    await scene.refused('data/walk_0007.csv', sentence);
    await workbench.screenshot('not-trusted');
  });

  it('shows series of a file, and no layers of a model', async () => {
    const { panel, workbench } = scene;
    const openWith = async (path: string, editor: string) => {
      await workbench.chooseInMenu(await workbench.reveal(path), 'Open With...');
      await workbench.quickPick.choose(editor);
    };
    await workbench.command('View: Close All Editors');
    await openWith('linked/keys.npz', 'Time Series (Attribution Lens)');
    await panel.says('instance-words', /^0 · label 0/);
    assert.ok(!existsSync(join(scene.workspace, 'linked/ran')));
    await workbench.command('View: Close Editor');
    await openWith('models/xcm.onnx', 'Model Layers (Attribution Lens)');
    await panel.says('refusal', 'Models are not loaded before you trust this workspace.');
    await panel.frame.getByRole('button', { name: 'Manage Trust' }).waitFor();
    await workbench.command('View: Close Editor');
  });

  it('gets no script run, nor one linked', async () => {
    const { workbench } = scene;
    await scene.refused('linked/walk.csv', /before you trust/);
    await workbench.command('Attribution: Link Preprocessing Script…');
    await workbench.notification(/Scripts are not run before you trust this workspace/).waitFor();
    assert.ok(!existsSync(join(scene.workspace, 'linked/ran')));
    await workbench.command('Attribution: Repair Padding…');
    await workbench.notification(/Models are not loaded before you trust this workspace/).waitFor();
    await workbench.command('Attribution: Train a Model on This File…');
    await workbench.notification(/Models are not trained before you trust this workspace/).waitFor();
    await scene.refused('data/walk_0007.csv', /before you trust/);
  });

  it('is explained as soon as it is trusted', async () => {
    const { panel, workbench } = scene;
    await panel.frame.getByRole('button', { name: 'Manage Trust' }).click();
    await workbench.page
      .locator('.workspace-trust-editor')
      .getByRole('button', { name: 'Trust', exact: true })
      .click();
    // It stands over the workbench.
    await workbench.page.keyboard.press('Escape');
    await panel.drawn(30_000);
    await panel.says('prediction', /predicted walk/);
  });

  it('runs its script from then on', async () => {
    const modal = scene.workbench.page.locator('.monaco-modal-editor-block');
    if (await modal.isVisible()) await modal.locator('.action-label.codicon-close').first().click();
    await scene.explained('linked/walk.csv');
    await scene.panel.says('length', '48 real of 131 steps');
    assert.ok(existsSync(join(scene.workspace, 'linked/ran')));
  });
});
