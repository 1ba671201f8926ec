import assert from 'node:assert/strict';
import type { PanelPage } from './panelPage.ts';
import { explainEntry, Scene } from './scene.ts';

const cell = (text: string) => ({
  ...{ cell_type: 'code', execution_count: null, metadata: {}, outputs: [] },
  source: text.split(/(?<=\n)/),
});
const notebook = {
  cells: [cell("X_test, y_test = load('test')\n"), cell('X_test.shape')],
  metadata: { language_info: { name: 'python' } },
  nbformat: 4,
  nbformat_minor: 5,
};
const launch = {
  version: '0.2.0',
  configurations: [{ type: 'debugpy', request: 'launch', name: 'Train', program: 'train.py' }],
};

describe('Variables of Python', () => {
  let scene: Scene;
  let panel: PanelPage;

  before(async function () {
    this.timeout(180_000);
    scene = await Scene.open({
      hasPython: true,
      settings: { 'debug.internalConsoleOptions': 'neverOpen' },
      files: {
        '.vscode/launch.json': JSON.stringify(launch),
        'train.py': "import numpy as np\n\n\nX, y = load('test')\nX_test = X[10:]\nlogits = net(X_test)\n",
        'gestures.ipynb': JSON.stringify(notebook),
      },
    });
  });
  afterEach(async function () {
    await scene.pictureIfFailed(this.currentTest);
  });
  after(() => scene?.close());

  /** Waits for a question, gives its rows, and answers it with keys. */
  async function answered(question: string, down = 0): Promise<string[]> {
    const { page, quickPick } = scene.workbench;
    await page.locator(`.quick-input-widget input[placeholder="${question}"]`).waitFor({ timeout: 20_000 });
    const rows = await quickPick.items();
    await quickPick.arrow('ArrowDown', down);
    await page.keyboard.press('Enter');
    return rows;
  }

  it('of a paused program are explained from its list, with what is picked by keys', async () => {
    const { workbench } = scene;
    const { page } = workbench;
    await (await workbench.reveal('train.py')).dblclick();
    await workbench.tab('train.py').waitFor();
    const variables = page.locator('.debug-view-content .monaco-list-row');
    const series = variables.filter({ hasText: /^X_test/ });
    // A window that does not know its debuggers yet shows the view, and starts none: then a person presses again.
    for (let attempt = 1; !(await series.isVisible()) && attempt <= 6; attempt++) {
      await page.keyboard.press('F5');
      await series.waitFor({ timeout: 5_000 }).catch(() => {});
    }
    await workbench.contextMenu(variables.filter({ hasText: /^net/ }), 'Copy Value');
    assert.equal(await page.locator('.monaco-menu .action-item', { hasText: explainEntry }).count(), 0);
    await page.keyboard.press('Escape');
    await workbench.chooseInMenu(series, explainEntry);
    assert.deepEqual(await answered('Which model?', 1), [
      'net, torch.nn.Module: XCM$ (trash)<img src=x>\\u202e',
      'model_file, xcm.onnx · models',
      'other_file, $ (trash)<img src=x>\\u202e.onnx · models',
      'A model file…',
    ]);
    assert.deepEqual(await answered('Which variable holds the labels?'), [
      'y_test, numpy.ndarray [6] <U6',
      'weights, numpy.ndarray [6] float64',
      'None',
    ]);
    assert.deepEqual(await answered('Which variable says what is padding?'), [
      'len_test, numpy.ndarray [6] int64',
      'mask_test, numpy.ndarray [6, 131] bool',
      'None',
    ]);
    panel = scene.panel;
    await panel.drawn(30_000, 'X_test.npz');
    assert.deepEqual(await panel.steps(), { real: 116, all: 131 });
  });

  it('are taken as the settings beside the model say, once a person wants it', async () => {
    const { quickPick } = scene.workbench;
    await panel.frame.locator('.finding', { hasText: 'are like raw ones' }).waitFor();
    const before = await panel.canvas('heatmap');
    await panel.frame.locator('#fix-settings-elsewhere').click();
    await quickPick.enterUntilClosed('As attribution.json says');
    await panel.redrawn(before);
    await panel.says('prediction', 'run');
    await panel.frame.locator('.finding', { hasText: 'so they are raw and standardised here' }).waitFor();
  });

  it('follow a step of the program', async () => {
    const { page } = scene.workbench;
    const before = await panel.canvas('heatmap');
    await page.keyboard.press('F10');
    await panel.says('length', '30 real of 131 steps');
    await panel.redrawn(before);
    await panel.says('prediction', 'walk');
    await page.keyboard.press('Shift+F5');
    await page.locator('.debug-toolbar').waitFor({ state: 'hidden' });
  });

  it('of a notebook are explained from the lens in a cell, and follow when it has run', async () => {
    const { workbench } = scene;
    const { page } = workbench;
    await workbench.command('View: Close All Editors');
    await page.keyboard.press('Control+Shift+E');
    await (await workbench.reveal('gestures.ipynb')).dblclick();
    await page.locator('.notebook-editor .codelens-decoration a', { hasText: 'explain X_test' }).click();
    await answered('Which model?', 1);
    await answered('Which variable holds the labels?');
    await answered('Which variable says what is padding?', 1);
    const shown = await scene.panelOf('X_test.npz');
    await shown.drawn(30_000, 'X_test.npz');
    await shown.says('length', '116 real of 131 steps');
    const before = await shown.canvas('heatmap');
    const cells = page.locator('.notebook-editor .code-cell-row');
    await cells.first().hover();
    await cells.first().locator('.run-button-container .codicon-notebook-execute').click();
    await shown.says('length', '30 real of 131 steps');
    await shown.redrawn(before);
  });
});
