import assert from 'node:assert/strict';
import type { Explanation } from '../../src/attribution/explanation.ts';
import { PanelPage } from './harness/panelPage.ts';
import { bumps, makeView, plainLook } from './harness/views.ts';

describe('Every class on the page', () => {
  let panel: PanelPage;
  afterEach(() => panel.close());

  const { explanation } = makeView();
  const scaled = (factor: number) => ({
    ...explanation.map,
    values: explanation.map.values.map((value) => value * factor),
  });
  const classes = ['walk', 'run', 'stairs', 'rest'];
  const all: Explanation = {
    ...explanation,
    prediction: {
      classes,
      predicted: 0,
      logits: Float32Array.of(3, 1, 0, -2),
      probabilities: Float32Array.of(0.81, 0.11, 0.06, 0.02),
    },
    classMaps: classes.map((name, index) => ({
      target: { index, name },
      map: scaled([1, -0.5, 0.3, 0.01][index]!),
      shares: explanation.shares,
    })),
  };

  async function opened(room = {}) {
    panel = await PanelPage.open(room);
    await panel.show(makeView());
    await panel.sent();
  }

  it('is asked for by opening its tab, unless the method takes long', async () => {
    await opened();
    await panel.page.locator('#tab-classes').click();
    assert.deepEqual(await panel.sent(), [{ kind: 'run', command: 'everyClass' }]);
    await panel.page.locator('#tab-map').click();
    await panel.show(makeView({ how: { method: 'ablationcam' } }));
    await panel.page.locator('#tab-classes').click();
    assert.deepEqual(await panel.sent(), []);
    await panel.page.locator('#every-class').click();
    assert.deepEqual(await panel.sent(), [{ kind: 'run', command: 'everyClass' }]);
  });

  it('is asked for anew with the picture, once each', async () => {
    await opened();
    await panel.page.locator('#tab-classes').click();
    await panel.sent();
    await panel.show(makeView());
    assert.deepEqual(await panel.sent(), [], 'it is on its way');
    await panel.receive({ kind: 'view', id: 'classes', view: { explanation: all }, front: true });
    await panel.receive({ kind: 'view', id: 'classes', view: { explanation: null }, front: false });
    await panel.show(makeView({ change: { target: { index: 1, name: 'run' } } }));
    assert.deepEqual(await panel.sent(), [{ kind: 'run', command: 'everyClass' }]);
  });

  it('stands side by side on one scale, with one cursor, and leads back to a class', async () => {
    await opened();
    await panel.receive({ kind: 'view', id: 'classes', view: { explanation: all }, front: true });
    const titles = await panel.page.locator('#classes-maps .pane-title').allInnerTexts();
    assert.deepEqual(titles, ['walk · 0.81 · predicted', 'run · 0.11', 'stairs · 0.06', 'rest · 0.02']);
    assert.match(
      await panel.text('#classes-words'),
      /4 of 4 classes.*one colour scale.*rest: nothing above 5 %/,
    );
    const bars = await panel.page.locator('#classes-maps .colour-bar').allInnerTexts();
    assert.equal(new Set(bars).size, 1, 'one scale');
    await panel.page.locator('#pane-class-1-map').focus();
    await panel.page.keyboard.press('ArrowRight');
    const expected = bumps(0, 1);
    const reading = await panel.text('#classes-reading');
    assert.match(reading, /^f00, step 1: walk [\d.]+, run −?[-\d.]+, stairs/);
    assert.ok(Math.abs(Number(/walk ([\d.]+)/.exec(reading)![1]) - expected) < 0.01, reading);
    await panel.page.locator('[data-class="2"]').click();
    assert.deepEqual(await panel.sent(), [{ kind: 'choose', choice: { what: 'class', index: 2 } }]);
    assert.equal(await panel.body('tab'), 'map');
  });

  it('goes with the picture', async () => {
    await opened();
    await panel.receive({ kind: 'view', id: 'classes', view: { explanation: all }, front: true });
    await panel.receive({ kind: 'view', id: 'classes', view: { explanation: null }, front: false });
    assert.match(await panel.text('#classes-words'), /not been computed/);
    assert.equal(await panel.page.locator('#classes-maps .pane').count(), 0);
  });

  for (const theme of ['dark', 'high-contrast'] as const) {
    it(`draws pictures to look at: ${theme}`, async () => {
      await opened({ theme, height: 1000 });
      await panel.receive({ kind: 'view', id: 'classes', view: { explanation: all }, front: true });
      await panel.page.screenshot({ path: `out/screenshots/classes-${theme}.png` });
      await panel.page.locator('#tab-map').click();
      await panel.show(
        makeView({
          how: {
            ...{ method: 'integrated-gradients', layer: 'input', relu: false },
            options: { baseline: { kind: 'mean' }, samples: 50 },
          },
          change: {
            layer: { ...explanation.layer, name: 'input' },
            target: { index: 0, name: 'walk', against: { index: 1, name: 'run' } },
          },
          view: { chosenAgainst: 1 },
          look: plainLook,
        }),
      );
      await panel.page.screenshot({ path: `out/screenshots/methods-${theme}.png` });
      assert.ok(await panel.page.locator('#method-note').isVisible());
    });
  }
});
