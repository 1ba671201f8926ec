import assert from 'node:assert/strict';
import { PanelPage } from './harness/panelPage.ts';
import { reachable } from './harness/reachable.ts';
import { makeView } from './harness/views.ts';

const findings = ['not-standardised', 'b', 'c'].map((code) => ({
  code,
  severity: 'warning' as const,
  sentence: `Warning ${code}: ${'the training data were standardised in a way that is not known; '.repeat(2)}`,
}));
const view = () => makeView({ real: [0, 70], change: { findings } });

/** Sizes of the panel in CSS pixels; 640 × 450 is what 200 % zoom leaves of 1280 × 900. */
const sizes = [
  [350, 500],
  [480, 700],
  [640, 700],
  [640, 450],
  [1000, 700],
  [1024, 700],
  [1440, 900],
  [1920, 1080],
] as const;

describe('The map comes first', () => {
  let panel: PanelPage;
  before(async () => {
    panel = await PanelPage.open();
    await panel.show(view());
  });
  afterEach(() => panel.sent());
  after(async () => {
    await panel.close();
  });

  const box = async (selector: string) => (await panel.page.locator(selector).boundingBox())!;

  for (const [width, height] of sizes) {
    it(`has half of a panel of ${width} × ${height} without scrolling, the share on padding above it`, async () => {
      await panel.page.setViewportSize({ width, height });
      await panel.settle();
      await panel.settle();
      const map = await box('#heatmap');
      const readout = await box('#view-map .readout');
      assert.ok(map.height >= height / 2, `${map.height} px`);
      assert.ok(map.y + map.height <= readout.y + 1, `${map.y + map.height} of ${readout.y}`);
      const share = await box('#padding-share');
      assert.ok(share.y > 0 && share.y + share.height < map.y && share.x + share.width <= width);
      assert.match(await panel.text('#padding-share'), /^\d+ % of the map on padding$/);
    });
  }

  it('leaves the map 40 % of the smallest panel, no row covered, where What if is asked and answered', async () => {
    await panel.page.setViewportSize({ width: 350, height: 500 });
    await panel.page.locator('#heatmap').focus();
    for (const key of ['Home', 'b', 'ArrowRight', 'Enter']) await panel.page.keyboard.press(key);
    await panel.settle();
    const shown = async () => {
      const [map, bar] = [await box('#heatmap'), await box('#what-if')];
      assert.ok(map.height >= 200, `${map.height} px`);
      assert.ok(map.y + map.height <= bar.y + 1, `${map.y + map.height} of ${bar.y}`);
    };
    await shown();
    const { explanation } = view();
    const edits = [{ from: 0, to: 2, features: [0], what: 'mask' as const }];
    const told = (view: object) => panel.receive({ kind: 'view', id: 'whatIf', view, front: false });
    await told({ edits, explanation, sentence: null });
    await panel.settle();
    await shown();
    await panel.page.screenshot({ path: 'out/screenshots/what-if-small.png' });
    await told({ edits: [], explanation: null, sentence: null });
    await panel.page.locator('#heatmap').press('Escape');
    await panel.settle();
    assert.ok((await box('#heatmap')).height >= 250, 'the room is given back');
  });

  for (const [width, height] of sizes.slice(0, 5)) {
    it(`lets every control be reached with mouse and keys at ${width} × ${height}`, async () => {
      await panel.page.setViewportSize({ width, height });
      const settings = panel.page.locator('#settings');
      if ((await settings.getAttribute('aria-expanded')) === 'false') await settings.click();
      await panel.settle();
      const { controls, covered, focused, unseen } = await reachable(panel.page);
      assert.deepEqual([...covered, ...unseen], []);
      for (const id of [
        'previous',
        'position',
        'next',
        'model',
        'layer',
        'method',
        'mask',
        'relu',
        'table-view',
        'fix-not-standardised',
      ])
        assert.ok(controls.includes(id), `${id} is not on the page`);
      assert.deepEqual(
        controls.filter((id) => !focused.includes(id)),
        [],
      );
      if (width <= 640) await settings.click();
    });
  }

  it('lists the views that do not fit into one line, and opens them', async () => {
    await panel.page.setViewportSize({ width: 350, height: 500 });
    await panel.settle();
    const more = panel.page.locator('#more-views');
    const shown = await panel.page.locator('[role=tab]:visible').allInnerTexts();
    const listed = (await more.locator('option').allInnerTexts()).slice(1);
    assert.deepEqual([...shown, ...listed].slice(0, 3), ['Map', 'Instances', 'Audit']);
    await more.selectOption({ label: 'Runs' });
    assert.equal(await panel.body('tab'), 'runs');
    assert.ok(await panel.page.locator('#tab-runs').isVisible());
    await panel.page.locator('#tab-map').click();
    await panel.page.setViewportSize({ width: 1000, height: 700 });
    await panel.settle();
    assert.equal(await more.isVisible(), false);
  });

  it('keeps warnings in one line until they are asked for', async () => {
    const warnings = panel.page.locator('#warnings .finding');
    assert.equal(await warnings.locator('visible=true').count(), 1);
    assert.ok((await box('#warnings')).height < 30);
    await panel.page.getByRole('button', { name: '3 warnings' }).click();
    assert.equal(await warnings.locator('visible=true').count(), 3);
    await panel.page.getByRole('button', { name: '3 warnings' }).click();
  });

  it('folds the settings away, and finds them as they were left', async () => {
    await panel.page.locator('#settings').click();
    const isOpen = await panel.page.locator('#layer').isVisible();
    const kept = await panel.page.evaluate(() => window.kept.at(-1));
    assert.deepEqual((kept as { place: { settings: boolean } }).place.settings, isOpen);
  });
});
