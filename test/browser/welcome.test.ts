import assert from 'node:assert/strict';
import { explainEntry, Scene } from './scene.ts';

describe('A newcomer', () => {
  let scene: Scene;

  before(async function () {
    this.timeout(180_000);
    scene = await Scene.open();
    // The menu is tried again until the extension is there; the palette would list what was there when it opened.
    await scene.workbench.contextMenu(await scene.workbench.reveal('data/walk_0007.csv'), explainEntry);
    await scene.workbench.page.keyboard.press('Escape');
  });

  afterEach(async function () {
    await scene.pictureIfFailed(this.currentTest);
  });

  after(() => scene?.close());

  const step = (name: string) =>
    scene.workbench.page.locator(`.getting-started-step[data-step-id$="#${name}"]`);

  it('is walked through five steps with pictures', async () => {
    const { workbench } = scene;
    await workbench.command('Attribution: Open Walkthrough');
    await step('openSample').waitFor();
    assert.equal(await workbench.page.locator('.getting-started-step').count(), 5);
    const picture = workbench.page.locator('.getting-started-media img').first();
    await picture.waitFor();
    assert.match((await picture.getAttribute('alt'))!, /sample/i);
    await workbench.page.waitForFunction(
      "document.querySelector('.getting-started-media img')?.naturalWidth > 300",
    );
    await step('edit').click();
    await workbench.page.getByRole('button', { name: 'Open attribution.json' }).waitFor();
    await workbench.screenshot('walkthrough');
  });

  it('sees a step ticked off once it was done, whichever way', async () => {
    const { workbench } = scene;
    assert.equal(await step('explain').getAttribute('aria-checked'), 'false');
    await scene.explained('data/walk_0007.csv');
    await scene.panel.frame.locator('#settings[aria-expanded=false]').click();
    await scene.panel.frame.locator('#layer').selectOption('concat');
    await scene.panel.says('map-title', ' of concat ');
    await workbench.command('Attribution: Open Walkthrough');
    await workbench.page.locator('[data-step-id$="#explain"][aria-checked="true"]').waitFor();
    await workbench.page
      .locator('[data-step-id$="#pickLayer"][aria-checked="true"]')
      .waitFor({ state: 'attached' });
    assert.equal(await step('audit').getAttribute('aria-checked'), 'false');
  });

  it('is offered the sample where no folder is open', async () => {
    const { page } = scene.workbench;
    await page.goto(`${new URL(page.url()).origin}/?ew=true`);
    await page.locator('.monaco-workbench').waitFor({ timeout: 60_000 });
    await scene.workbench.command('View: Show Explorer');
    const button = page.locator('.explorer-viewlet').getByRole('button', { name: 'Open Sample' });
    await button.waitFor({ timeout: 60_000 });
    await scene.workbench.screenshot('empty-explorer');
    await button.click();
    const question = scene.workbench.notification('Open the sample');
    await question.getByRole('button', { name: 'Open', exact: true }).click();
  });

  it('sees beside the sample what to try, with links', async () => {
    const { workbench } = scene;
    await workbench.ready();
    const preview = workbench.webview();
    await preview.getByRole('link', { name: 'data/walk_0007.csv' }).first().click({ timeout: 60_000 });
    await workbench.tab('walk_0007.csv').waitFor();
    await workbench.screenshot('sample-readme');
  });
});
