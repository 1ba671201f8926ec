import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Scene } from './scene.ts';
import { sampleData } from './workspace.ts';

/** What these tests ask of the page; they are compiled without the browser's types. */
interface Page {
  getComputedStyle(element: unknown, part?: string): { backgroundImage: string; content: string };
}

describe('Attribution on the rows of a CSV', () => {
  let scene: Scene;

  before(async function () {
    this.timeout(180_000);
    scene = await Scene.shared({ 'data/inline.csv': sampleData('walk_0007.csv') });
    await scene.explained('data/inline.csv');
  });

  afterEach(async function () {
    await scene.pictureIfFailed(this.currentTest);
  });

  after(() => scene?.close());

  const bars = () => scene.workbench.page.locator('.glyph-margin-widgets .cgmr[class*="ced-"]');
  const row = () => scene.workbench.editor.line('9,walk,');

  const icons = () =>
    bars().evaluateAll((all) =>
      all.map((bar) => (globalThis as unknown as Page).getComputedStyle(bar).backgroundImage),
    );

  /** The text a decoration puts behind a line stands in the style sheet, not in the page. */
  async function ghost(): Promise<string | undefined> {
    const texts = await scene.workbench.page
      .locator('.view-line [class*="ced-"]')
      .evaluateAll((all) =>
        all.map((part) => (globalThis as unknown as Page).getComputedStyle(part, '::after').content),
      );
    return texts.find((text) => text.includes('padded'));
  }

  it('draws a bar per row, longer where the map is stronger', async () => {
    await bars().first().waitFor({ timeout: 15_000 });
    assert.ok((await bars().count()) > 20, `${await bars().count()} bars`);
    const different = new Set(await icons());
    assert.ok(different.size > 3, `${different.size} different bars`);
    assert.ok([...different].every((icon) => icon.includes('data:image/svg+xml')));
    await scene.workbench.screenshot('inline-rows');
  });

  it('shows the top features of a row that is pointed at', async () => {
    const text = await (await scene.workbench.editor.hover('9,walk,', 'step 9')).innerText();
    assert.match(text, /REAL/);
    assert.match(text, /rank \d+ of 131 steps/);
    assert.match(text, /(ankle|wrist|chest)_(acc|gyro)_[xyz]/);
    await scene.workbench.screenshot('inline-hover');
    await scene.workbench.page.keyboard.press('Escape');
  });

  it('says below the last row what the padding got', async () => {
    const { workbench } = scene;
    await row().click({ position: { x: 60, y: 8 } });
    await workbench.editor.goTo(49);
    // Drawn with one of the next frames.
    for (const end = Date.now() + 15_000; (await ghost()) === undefined && Date.now() < end; )
      await workbench.page.waitForTimeout(50);
    assert.match((await ghost()) ?? 'nothing', /83 padded steps: .*% of the map/);
    await workbench.screenshot('inline-ghost');
  });

  it('tints cells when asked to', async () => {
    const { workbench } = scene;
    await setting({ 'attribution.inline': 'cells' });
    await workbench.status('Inline: cells').waitFor({ timeout: 15_000 });
    await workbench.editor.goTo(12);
    const tinted = workbench.page.locator('.view-overlays [class*="ced-"], .view-line [class*="ced-"]');
    await tinted.first().waitFor({ state: 'attached', timeout: 15_000 });
    assert.ok((await tinted.count()) > 20, `${await tinted.count()} tinted cells`);
    await workbench.screenshot('inline-cells');
  });

  it('goes and comes with the switch in the status bar', async () => {
    const { workbench } = scene;
    await workbench.status('Inline: cells').click();
    await workbench.status('Inline: off').waitFor({ timeout: 15_000 });
    await bars().first().waitFor({ state: 'detached', timeout: 15_000 });
    await workbench.screenshot('inline-off');
    await workbench.command('Attribution: Toggle Inline Attribution');
    await bars().first().waitFor({ timeout: 15_000 });
  });

  it('has the colours of the theme', async () => {
    const dark = await icons();
    const themes = {
      'Default Light Modern': 'vs',
      'Default High Contrast': 'hc-black',
      'Default High Contrast Light': 'hc-light',
    };
    for (const [theme, shown] of Object.entries(themes)) {
      await setting({ 'workbench.colorTheme': theme, 'attribution.inline': 'rows' });
      await scene.workbench.page.locator(`.monaco-workbench.${shown}`).waitFor({ timeout: 15_000 });
      // Bars are drawn anew for the theme.
      for (const end = Date.now() + 15_000; (await icons()).length !== dark.length; ) {
        assert.ok(Date.now() < end, `the bars are not back for ${theme}`);
        await scene.workbench.page.waitForTimeout(50);
      }
      await scene.workbench.screenshot(`inline-${theme.toLowerCase().replace(/ /g, '-')}`);
    }
  });

  /** In the workspace, as a person who edits settings.json. */
  async function setting(settings: Record<string, unknown>): Promise<void> {
    await mkdir(join(scene.workspace, '.vscode'), { recursive: true });
    await writeFile(join(scene.workspace, '.vscode/settings.json'), JSON.stringify(settings));
  }
});
