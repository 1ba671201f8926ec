import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../workbench/folders.ts';
import { Scene } from './scene.ts';
import { sampleData } from './workspace.ts';

const fixture = (path: string) => readFileSync(join(root, 'test/fixtures', path));

describe('Editors that show one file', () => {
  let scene: Scene;

  before(async function () {
    this.timeout(180_000);
    scene = await Scene.shared({
      'glance/keys [1].npz': fixture('reading/train_keys.npz'),
      'glance/bigru.pt2': fixture('pt2/bigru.pt2'),
      'glance/code.ts': 'export const answer: number = 42;\n',
      'data/seen_by_layers.csv': sampleData('walk_0007.csv'),
    });
  });

  afterEach(async function () {
    await scene.pictureIfFailed(this.currentTest);
  });

  after(() => scene?.close());

  const openWith = async (path: string, editor: string) => {
    const { workbench } = scene;
    await workbench.chooseInMenu(await workbench.reveal(path), 'Open With...');
    await workbench.quickPick.choose(editor);
  };

  it('show series with their numbers, turn to others, and follow the file', async () => {
    const { panel, workbench } = scene;
    await openWith('glance/keys [1].npz', 'Time Series (Attribution Lens)');
    await panel.says('instance-words', '0 · label 0');
    assert.equal(await panel.text('file-name'), 'keys [1].npz');
    // Written for the data of the sample.
    await panel.frame.getByText(/attribution\.json was left aside: .*lists 30/).waitFor();
    await panel.frame.locator('#next').click();
    await panel.says('instance-words', /^1 · label/);
    await workbench.screenshot('editor-series');
    writeFileSync(join(scene.workspace, 'glance/keys [1].npz'), 'no archive any more');
    await panel.says('refusal', /keys \[1\]\.npz/);
    await workbench.command('View: Close Editor');
  });

  it('say what is no time series, and never come by themselves', async () => {
    const { panel, workbench } = scene;
    await (await workbench.reveal('glance/code.ts')).dblclick();
    await workbench.editor.line('answer').waitFor();
    await openWith('glance/code.ts', 'Time Series (Attribution Lens)');
    await panel.says('refusal', /code\.ts is TypeScript source/);
    await workbench.command('View: Close All Editors');
  });

  it('list the layers of a model, and explain a file with it', async () => {
    const { panel, workbench } = scene;
    await openWith('models/xcm_wide.onnx', 'Model Layers (Attribution Lens)');
    await panel.says('glance-words', /30 features × 131 steps/);
    await panel.says('classes', /walk/);
    await workbench.screenshot('editor-layers');
    await panel.frame.locator('[data-command=explain]').click();
    await workbench.quickPick.choose('seen_by_layers.csv');
    await workbench.tab('Attribution: seen_by_layers.csv').waitFor({ timeout: 20_000 });
  });
});
