import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeNpy } from '../../src/data/numpy/writeNpz.ts';
import { float32 } from '../../src/graph/tensor.ts';
import { root } from '../workbench/folders.ts';
import { Scene } from './scene.ts';
import { sampleData } from './workspace.ts';

const fixture = (path: string) => readFileSync(join(root, 'test/fixtures', path));

const waves = Float32Array.from({ length: 6 * 40 }, (_, at) => Math.sin(at / 3));

describe('Editors that show one file', () => {
  let scene: Scene;

  before(async function () {
    this.timeout(180_000);
    scene = await Scene.shared({
      'glance/keys [1].npz': fixture('reading/train_keys.npz'),
      'glance/bigru.pt2': fixture('pt2/bigru.pt2'),
      'glance/gaps.ts':
        '@problemName gaps\n@univariate true\n@classLabel true a b\n@data\n1,?,3,4:a\n2,2,3,5:b\n',
      'glance/two.npy': Buffer.from(writeNpy(float32([6, 40], waves))),
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

  it('show gaps as they are, and name the ways out of a question', async () => {
    const { panel, workbench } = scene;
    await openWith('glance/gaps.ts', 'Time Series (Attribution Lens)');
    await panel.says('instance-words', /^0 · label a · 4 steps/);
    await panel.frame.getByRole('cell', { name: '1', exact: true }).first().waitFor();
    await workbench.screenshot('editor-gaps');
    await workbench.command('View: Close Editor');
    await openWith('glance/two.npy', 'Time Series (Attribution Lens)');
    await panel.says('refusal', /two\.npy.*Say in attribution\.json .*"data"/);
    await workbench.screenshot('editor-question');
    await workbench.command('View: Close Editor');
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
