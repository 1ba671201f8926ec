import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { PanelPage } from './panelPage.ts';
import { Scene } from './scene.ts';
import { sampleData } from './workspace.ts';

const themes = [
  { name: 'dark', setting: 'Default Dark Modern', body: 'vscode-dark' },
  { name: 'light', setting: 'Default Light Modern', body: 'vscode-light' },
  { name: 'high-contrast', setting: 'Default High Contrast', body: 'vscode-high-contrast' },
  { name: 'high-contrast-light', setting: 'Default High Contrast Light', body: 'vscode-high-contrast-light' },
];

/** Until two looks at the map agree: it is drawn anew after the page has taken on the theme. */
async function settled(panel: PanelPage): Promise<void> {
  let before = -1;
  for (const end = Date.now() + 15_000; Date.now() < end; await setTimeout(250)) {
    const { print } = await panel.canvas('heatmap');
    if (print === before) return;
    before = print;
  }
  throw new Error('The map did not come to rest in 15 s.');
}

describe('Themes', () => {
  let scene: Scene;

  before(async function () {
    this.timeout(180_000);
    scene = await Scene.shared({ 'data/themes.csv': sampleData('walk_0007.csv') });
    await scene.explained('data/themes.csv');
    await mkdir(join(scene.workspace, '.vscode'), { recursive: true });
  });

  afterEach(async function () {
    await scene.pictureIfFailed(this.currentTest);
  });

  after(() => scene?.close());

  const backgrounds = new Set<string>();
  for (const { name, setting, body } of themes) {
    it(`is redrawn for ${setting}`, async () => {
      const { panel, workbench, workspace } = scene;
      const settings = JSON.stringify({ 'workbench.colorTheme': setting });
      await writeFile(join(workspace, '.vscode/settings.json'), settings);
      await panel.frame.locator(`body.${body}`).waitFor({ timeout: 15_000 });
      await settled(panel);
      assert.ok((await panel.canvas('heatmap')).colours > 50);
      const background = await panel.frame
        .locator('body')
        .evaluate('getComputedStyle(document.body).backgroundColor');
      backgrounds.add(String(background));
      await workbench.screenshot(`theme-${name}`);
    });
  }

  it('takes the background from the theme', () => {
    assert.ok(backgrounds.size >= 3, [...backgrounds].join(' '));
  });
});
