import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Scene } from './scene.ts';
import { sampleData } from './workspace.ts';

describe('The padding audit', function () {
  this.timeout(180_000);
  let scene: Scene;

  before(async () => {
    scene = await Scene.shared({ 'data/audit.csv': sampleData('test.csv') });
    await scene.explained('data/audit.csv', 60_000);
  });

  afterEach(async function () {
    await scene.pictureIfFailed(this.currentTest);
  });

  after(() => scene?.close());

  it('can be cancelled in the middle, and the map stays usable', async () => {
    const { workbench, panel } = scene;
    await workbench.command('Attribution: Audit Padding (Whole File)');
    await panel.frame.locator('#audit-busy').waitFor();
    await panel.frame.locator('#cancel-audit').click();
    await panel.says('audit-words', 'Nothing has been audited yet');
    await panel.frame.locator('#tab-map').click();
    const before = await panel.text('instance');
    await workbench.command('Attribution: Next Instance');
    await panel.frame.locator('#position', { hasText: '2 / 60' }).waitFor();
    assert.notEqual(await panel.text('instance'), before);
  });

  it('goes from the palette to three verdicts with their numbers', async () => {
    const { workbench, panel } = scene;
    await workbench.command('Attribution: Audit Padding (Whole File)');
    await panel.frame.locator('#verdict-lengthEvidence').waitFor({ timeout: 150_000 });
    const answer = (name: string) => panel.frame.locator(`#verdict-${name}`).getAttribute('data-answer');
    assert.match((await answer('mapArtefact'))!, /^\d+ % on padding$/);
    assert.equal(await answer('lengthEvidence'), 'no');
    for (const name of ['layout', 'look']) assert.match((await answer(name))!, /robust|FRAGILE|cannot tell/);
    await panel.says('verdict-lengthEvidence', /LEI −?\d\.\d\d \[−?\d\.\d\d, −?\d\.\d\d\] on 60 instances/);
    await panel.says('split-words', /Padding carries/);
    await panel.says(
      'baseline-words',
      /Length alone in the data: balanced accuracy \d\.\d\d \[\d\.\d\d, \d\.\d\d\] against/,
    );
    await workbench.dismissNotifications();
    await workbench.screenshot('audit');
    await panel.frame.locator('#audit-instances').scrollIntoViewIfNeeded();
    await workbench.screenshot('audit-instances');
  });

  it('is saved as a report', async () => {
    const { workbench, panel, workspace } = scene;
    await panel.frame.locator('#export-report').scrollIntoViewIfNeeded();
    await panel.frame.locator('#export-report').click();
    const input = workbench.page.locator('.quick-input-widget input[type=text]');
    await input.waitFor();
    // The dialog fills its box only after it has read the folder.
    await workbench.page.waitForFunction(
      "document.querySelector('.quick-input-widget input[type=text]')?.value.endsWith('data/audit.audit.html')",
    );
    await workbench.page.locator('.quick-input-widget .monaco-button', { hasText: 'OK' }).first().click();
    await workbench.notification('Saved audit.audit.html').waitFor();
    const html = await readFile(join(workspace, 'data', 'audit.audit.html'), 'utf8');
    assert.match(html, /Length evidence/);
  });

  it('is out of date once the mask changes', async () => {
    const { workbench, panel } = scene;
    await workbench.command('Attribution: Pick Padding Mask…');
    await workbench.quickPick.item('None').click();
    await panel.says('audit-words', 'out of date');
  });
});
