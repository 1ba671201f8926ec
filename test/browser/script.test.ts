import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { samplePython } from '../fixtures/scripts/samplePython.ts';
import { Scene } from './scene.ts';

const order = '    x = pad(standardize(series))';
const line = samplePython.split('\n').indexOf(order) + 1;

describe('Preprocessing code that is edited', () => {
  let scene: Scene;

  before(async function () {
    this.timeout(180_000);
    if (spawnSync('python3', ['-c', '']).status !== 0) {
      console.warn('No python3 here: editing preprocess.py is not tested.');
      this.skip();
    }
    scene = await Scene.open({ files: { 'preprocess.py': samplePython } });
  });

  afterEach(async function () {
    await scene?.pictureIfFailed(this.currentTest);
  });

  after(() => scene?.close());

  const lens = (text: string | RegExp) =>
    scene.workbench.page.locator('.codelens-decoration a', { hasText: text }).first();
  const squiggle = () => scene.workbench.page.locator('.monaco-editor .squiggly-error').first();

  /** Puts another text in the line that pads and standardises, and saves. */
  async function write(text: string): Promise<void> {
    const { workbench } = scene;
    const { keyboard } = workbench.page;
    await workbench.tab('preprocess.py').click();
    await workbench.editor.goTo(line);
    await keyboard.press('End');
    await keyboard.press('Shift+Home');
    await keyboard.press('Shift+Home');
    await keyboard.insertText(text);
    await keyboard.press('Control+s');
  }

  it('is linked by the command, and its lines say what they do', async () => {
    const { panel, workbench } = scene;
    await scene.explained('data/walk_0007.csv');
    // The panel stays in sight: the script opens beside it, where the data are.
    await workbench.tab('walk_0007.csv').click();
    await (await workbench.reveal('preprocess.py')).dblclick();
    await workbench.editor.line('Path').waitFor();
    await workbench.command('Attribution: Link Preprocessing Script…');
    await workbench.quickPick.item('preprocess.py').waitFor();
    assert.match(await workbench.quickPick.focused(), /^preprocess\.py/);
    await workbench.quickPick.accept();
    await workbench.notification('takes the place of the steps').waitFor();
    await workbench.dismissNotifications();
    const config = await readFile(join(scene.workspace, 'attribution.json'), 'utf8');
    assert.match(config, /"preprocess": \{\s*"script": "preprocess\.py"\s*\}/);
    await panel.says('prediction', /predicted walk/);
    await panel.says('length', '48 real of 131 steps');
    await workbench.tab('preprocess.py').click();
    await workbench.editor.goTo(line);
    await lens(/^padding \d+ % of the map · p\(walk\) \S+ · length 48$/).waitFor({ timeout: 20_000 });
    await workbench.screenshot('script-linked');
  });

  it('shows what padding before standardising does, in the lens and in the panel', async () => {
    const { panel, workbench } = scene;
    const before = await panel.canvas('heatmap');
    await write('    x = standardize(pad(series))');
    await lens(/^padding .*→/).waitFor({ timeout: 20_000 });
    await panel.redrawn(before);
    await panel.drawn();
    await workbench.screenshot('script-swapped');
  });

  it('marks the line that breaks, keeps the picture, and goes on when it is mended', async () => {
    const { panel, workbench } = scene;
    await write('    x = pad(standardise(series))');
    await squiggle().waitFor({ timeout: 20_000 });
    await panel.says('refusal', `preprocess.py, line ${line}: NameError: name 'standardise' is not defined`);
    await lens(/^last good run: padding/).waitFor();
    await workbench.screenshot('script-broken');
    await write(order);
    await squiggle().waitFor({ state: 'detached', timeout: 20_000 });
    await panel.drawn();
    await panel.says('prediction', /predicted walk/);
    await lens(/^padding .*→/).waitFor();
  });

  it('opens the panel from the lens', async () => {
    const { panel, workbench } = scene;
    await workbench.tab('preprocess.py').click();
    // The first ones may lie below the lines that stick to the top.
    await workbench.page
      .locator('.codelens-decoration a', { hasText: /^padding/ })
      .last()
      .click();
    await panel.frame.locator('body[data-state="drawn"]').waitFor();
    await workbench.page.locator('.tab.active[aria-label^="Attribution: walk_0007.csv"]').first().waitFor();
  });
});
