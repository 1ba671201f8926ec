import assert from 'node:assert/strict';
import type { PanelViews } from '../../src/views/panel/contract.ts';
import { PanelPage } from './harness/panelPage.ts';
import { makeView } from './harness/views.ts';

const size = { features: ['ax', 'ay', 'az'], steps: 8, real: [0, 6], reach: 1 } as const;
/** As the host gives them: one hot cell each, a thousand times as hot from one to the next. */
const pane = (name: string, high: number) => {
  const { explanation } = makeView({
    ...size,
    value: (row, step) => (row === 1 && step === 2 ? high : high / 10),
    how: { method: name as 'gradcam' },
  });
  return { name, explanation, sentence: null };
};

describe('The Side by Side view', () => {
  let panel: PanelPage;
  before(async () => {
    panel = await PanelPage.open({ width: 900, height: 700 });
    await panel.show(makeView(size));
    await panel.page.evaluate(() => document.getElementById('tab-grid')!.click());
    await panel.sent();
  });
  after(async () => {
    await panel.close();
  });
  const tell = (view: PanelViews['grid']) => panel.receive({ kind: 'view', id: 'grid', view, front: false });

  it('asks for all methods, layers or classes with one click, and says how far it is', async () => {
    await panel.page.locator('#grid-methods').click();
    await panel.page.locator('#grid-layers').click();
    await panel.page.locator('#grid-classes').click();
    assert.deepEqual(await panel.sent(), [
      { kind: 'grid', what: 'methods' },
      { kind: 'grid', what: 'layers' },
      { kind: 'run', command: 'everyClass' },
    ]);
    await tell({ what: 'methods', panes: [pane('gradcam', 1)], of: 3, left: 0 });
    assert.equal(await panel.text('#grid-words'), 'Explaining: 1 of 3 methods …');
  });

  it('draws every map on its own scale, says what could not be made, and leads back', async () => {
    const refused = { name: 'layercam', explanation: null, sentence: 'No gradient leads there.' };
    await tell({
      what: 'methods',
      panes: [pane('gradcam', 1), pane('hirescam', 0.001), refused],
      of: 3,
      left: 0,
    });
    assert.deepEqual(await panel.page.locator('#grid-maps .pane-title').allInnerTexts(), [
      'Grad-CAM',
      'HiResCAM',
    ]);
    const bars = await panel.page.locator('#grid-maps .colour-bar').allInnerTexts();
    assert.equal(new Set(bars).size, 2, 'a scale each');
    assert.match(await panel.text('#grid-maps'), /layercam: No gradient leads there/);
    await panel.page.screenshot({ path: 'out/screenshots/grid.png' });
    await panel.page.locator('[data-way="hirescam"]').click();
    assert.deepEqual(await panel.sent(), [
      { kind: 'choose', choice: { what: 'method', method: 'hirescam' } },
    ]);
    assert.equal(await panel.body('tab'), 'map');
  });

  it('goes with the instance', async () => {
    await tell({ what: 'layers', panes: [pane('conv1', 1), pane('conv2', 1)], of: 2, left: 38 });
    assert.match(await panel.text('#grid-words'), /^The first 2 of 40 layers, each map/);
    await tell({ what: null, panes: [], of: 0, left: 0 });
    assert.equal(await panel.page.locator('#grid-maps .pane').count(), 0);
  });
});
