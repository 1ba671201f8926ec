import assert from 'node:assert/strict';
import { PanelPage } from './harness/panelPage.ts';
import { makeView } from './harness/views.ts';

describe('The states of the page', () => {
  let panel: PanelPage;
  beforeEach(async () => {
    panel = await PanelPage.open();
    await panel.sent();
  });
  afterEach(() => panel.close());

  it('keeps the picture, dimmed, when it is refused something, and offers the way on', async () => {
    await panel.show(makeView());
    await panel.receive({
      kind: 'refused',
      sentence: 'walk.csv has 140 steps, the model takes 131.',
      canRetry: true,
      actions: [{ label: 'Truncate to 131 steps', command: 'truncate' }],
    });
    assert.equal(await panel.body('state'), 'refused');
    assert.equal(await panel.text('#refusal'), 'walk.csv has 140 steps, the model takes 131.');
    await panel.page.waitForFunction(
      () => getComputedStyle(document.querySelector('.picture')!).opacity === '0.4',
    );
    assert.ok(await panel.page.locator('#heatmap').isVisible());
    for (const label of ['Truncate to 131 steps', 'Retry', 'Show Log']) {
      await panel.page.getByRole('button', { name: label, exact: true }).click();
    }
    assert.deepEqual(
      (await panel.sent()).map((message) => message.kind === 'run' && message.command),
      ['truncate', 'retry', 'showLog'],
    );
    await panel.show(makeView());
    assert.equal(await panel.page.locator('.refused').isVisible(), false);
    assert.equal(await panel.body('state'), 'drawn');
  });

  it('shows a refusal alone where nothing was drawn yet', async () => {
    await panel.receive({ kind: 'refused', sentence: 'No model fits.', canRetry: false });
    assert.equal(await panel.text('#refusal'), 'No model fits.');
    assert.equal(await panel.page.locator('#empty').isVisible(), false);
    assert.equal(await panel.page.locator('#layer').isVisible(), false);
    assert.equal(await panel.page.getByRole('button', { name: 'Retry' }).count(), 0);
  });

  it('forgets the picture of a file that is no longer the one looked at', async () => {
    await panel.show(makeView());
    await panel.receive({
      kind: 'refused',
      sentence: 'other.csv is empty.',
      canRetry: true,
      forgetPicture: true,
    });
    assert.equal(await panel.text('#refusal'), 'other.csv is empty.');
    assert.equal(await panel.page.locator('#heatmap').isVisible(), false);
    assert.equal(await panel.page.locator('#instance').isVisible(), false);
    await panel.show(makeView());
    assert.ok((await panel.page.locator('#heatmap').boundingBox())!.height > 100);
  });

  it('shows progress with Cancel without moving anything', async () => {
    await panel.show(makeView());
    const before = await panel.page.locator('#heatmap').boundingBox();
    await panel.receive({ kind: 'busy', what: 'Reading walk.csv', share: 0.42 });
    assert.equal(await panel.body('state'), 'busy');
    assert.equal(await panel.text('#busy-words'), 'Reading walk.csv · 42 %');
    assert.equal(await panel.page.locator('#progress').getAttribute('aria-valuenow'), '42');
    assert.deepEqual(await panel.page.locator('#heatmap').boundingBox(), before);
    await panel.page.locator('#cancel').click();
    assert.deepEqual(await panel.sent(), [{ kind: 'run', command: 'cancel' }]);
    await panel.receive({ kind: 'busy', what: 'Starting the engine' });
    assert.equal(await panel.text('#busy-words'), 'Starting the engine');
    await panel.show(makeView());
    assert.equal(await panel.page.locator('#cancel').isVisible(), false);
  });

  it('hands what the host wants kept to VS Code, as it is', async () => {
    const keep = { file: 'walk.csv', at: [1, 2] };
    await panel.receive({ kind: 'show', view: makeView(), keep });
    assert.deepEqual(await panel.page.evaluate(() => window.kept), [keep]);
  });
});
