import assert from 'node:assert/strict';
import { PanelPage } from './harness/panelPage.ts';
import { makeView } from './harness/views.ts';

const long = Array.from(
  { length: 30 },
  (_, i) => `left_hand_angular_velocity_component_${i}_of_the_second_sensor`,
);

describe('The room there is', () => {
  for (const width of [300, 480, 860, 1600]) {
    it(`is used without scrolling sideways at ${width} px, long names and all`, async () => {
      const panel = await PanelPage.open({ width });
      await panel.show(
        makeView({ features: long, view: { modelName: `${'a_very_long_model_name_'.repeat(5)}.onnx` } }),
      );
      const over = await panel.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      assert.ok(over <= 0, `${over} px too wide`);
      const map = (await panel.page.locator('#heatmap').boundingBox())!;
      assert.ok(map.width > 0.85 * width - 40 && map.x + map.width <= width);
      await panel.close();
    });
  }

  it('changes with the window, all plots in line', async () => {
    const panel = await PanelPage.open({ width: 1200 });
    await panel.show(makeView());
    await panel.page.setViewportSize({ width: 520, height: 700 });
    await panel.settle();
    await panel.settle();
    const widths = await Promise.all(
      ['profile', 'heatmap', 'signals'].map(
        async (id) => (await panel.page.locator(`#${id}`).boundingBox())!.width,
      ),
    );
    assert.equal(new Set(widths).size, 1);
    assert.ok(widths[0]! < 520);
    await panel.close();
  });

  it('is drawn as fine as the screen is', async () => {
    const panel = await PanelPage.open({ scale: 2 });
    await panel.show(makeView());
    const canvas = await panel.page
      .locator('#heatmap')
      .evaluate((map: HTMLCanvasElement) => [map.width, map.clientWidth]);
    assert.equal(canvas[0], 2 * canvas[1]!);
    await panel.close();
  });

  it('works without the theme’s colours where the system forces its own', async () => {
    const panel = await PanelPage.open({ forcedColors: 'active' });
    await panel.show(makeView());
    assert.equal(await panel.body('state'), 'drawn');
    await panel.close();
  });

  it('is told apart without colour in high contrast: the zones are named and bordered', async () => {
    const panel = await PanelPage.open({ theme: 'high-contrast', width: 1200 });
    await panel.show(makeView());
    const zones = panel.page.locator('#zones .zone');
    assert.deepEqual(
      (await zones.allInnerTexts()).map((text) => text.replace(/\d+ %/, 'n %')),
      ['REAL 0–27 · n %', 'MIXED · n %', 'EMPTY 41–130 · n %'],
    );
    const borders = await zones.evaluateAll((all) =>
      all.map((zone) => getComputedStyle(zone).borderTopColor),
    );
    assert.deepEqual(new Set(borders), new Set(['rgb(111, 195, 223)']));
    const textures = await zones.evaluateAll((all) =>
      all.map((zone) => getComputedStyle(zone).backgroundImage),
    );
    assert.equal(new Set(textures).size, 3);
    await panel.close();
  });
});
