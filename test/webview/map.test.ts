import assert from 'node:assert/strict';
import { cividis } from '../../src/raster/cividis.ts';
import { diverging } from '../../src/raster/diverging.ts';
import { veil } from '../../webview/chart/hatch.ts';
import { MapPlace, photograph } from './harness/mapPlace.ts';
import type { Room } from './harness/pages.ts';
import { PanelPage } from './harness/panelPage.ts';
import { assertColour, distance, type Picture, parseHex, type Rgb } from './harness/picture.ts';
import { makeView, type Wish } from './harness/views.ts';

const features = ['hip', 'knee', 'ankle', 'toe'];
const background = parseHex('#1f1f1f');

/** A map of 4 features × 20 steps, large enough on screen to look into its cells. */
async function draw(wish: Wish, room?: Room) {
  const panel = await PanelPage.open(room);
  const view = makeView({ features, steps: 20, real: [0, 20], ...wish });
  await panel.show(view);
  const place = await MapPlace.of(panel, view.explanation.map);
  const inside = (picture: Picture, row: number, step: number): Rgb[] => {
    const { x, y, width, height } = place.cell(row, step);
    return picture.box(x + 2, y + 2, width - 4, height - 4);
  };
  return { panel, place, inside, picture: await photograph(panel) };
}

const kinds = (pixels: readonly Rgb[]) => new Set(pixels.map(String)).size;

describe('The drawn map', () => {
  it('colours the strongest cell with the last colour, a zero cell with the first', async () => {
    const value = (row: number, step: number) => (row === 1 && step === 5 ? 0.84 : row === 2 ? 0.42 : 0);
    const { panel, place, picture } = await draw({ value });
    const colour = (row: number, step: number) => {
      const { x, y } = place.middle(row, step);
      return picture.at(x, y);
    };
    assertColour(colour(1, 5), cividis(1), 'the strongest cell');
    assertColour(colour(0, 5), cividis(0), 'a zero cell');
    assertColour(colour(2, 9), cividis(0.5), 'a half-strong cell');
    await panel.close();
  });

  for (const theme of ['dark', 'light'] as const) {
    it(`gives a signed map blue and orange of the same range (${theme})`, async () => {
      const value = (row: number, step: number) => (step === 5 ? [-2, 1, 2, 0][row]! : 0);
      const { panel, place, picture } = await draw({ value, how: { relu: false } }, { theme });
      for (const [row, t] of [-1, 0.5, 1, 0].entries()) {
        const { x, y } = place.middle(row, 5);
        // The table has 256 colours: one shade off is as near as it gets.
        assert.ok(distance(picture.at(x, y), diverging(t, theme)) <= 5, `row ${row}`);
      }
      assert.match(await panel.text('#colour-bar'), /2[\s\S]*0[\s\S]*−2/);
      await panel.close();
    });
  }

  /** What padding shines through: a veil of the background lies on it. */
  const underVeil = (colour: Rgb) =>
    colour.map((part, i) => part + veil * (background[i]! - part)) as unknown as Rgb;

  it('hatches padding and never draws it as if it were zero', async () => {
    const { panel, inside, picture } = await draw({
      real: [0, 8],
      reach: 4,
      value: (row) => (row === 0 ? 0.8 : 0),
    });
    for (const row of [0, 1, 2, 3]) {
      assert.equal(kinds(inside(picture, row, 3)), 1, 'a real cell has one colour');
      for (const step of [9, 10, 16, 17]) {
        const pixels = inside(picture, row, step);
        const veiled = underVeil(cividis(row === 0 ? 1 : 0));
        const striped = pixels.filter((pixel) => distance(pixel, veiled) > 25).length / pixels.length;
        assert.ok(striped > 0.02 && striped < 0.5, `row ${row}, step ${step}: ${striped} of it is hatched`);
      }
    }
    await panel.close();
  });

  it('hatches padding that reads nothing real otherwise than padding that does', async () => {
    const { panel, inside, picture } = await draw({ real: [0, 8], reach: 6, value: () => 0.5 });
    const stripes = (step: number) =>
      [0, 1, 2, 3].flatMap((row) =>
        inside(picture, row, step).map((pixel) => Number(distance(pixel, underVeil(cividis(1))) > 25)),
      );
    assert.notDeepEqual(stripes(10), stripes(16));
    await panel.close();
  });

  it('draws a dashed line at the same x in every plot where padding begins', async () => {
    const { panel, place, picture } = await draw({ real: [0, 8], value: () => 0.5 });
    const edge = place.cell(0, 8).x;
    for (const id of ['profile', 'heatmap', 'signals']) {
      const box = (await panel.page.locator(`#${id}`).boundingBox())!;
      const [from, to] = [Math.round(box.y + 26), Math.round(Math.min(box.y + box.height - 26, 850))];
      const column = picture.box(Math.round(edge) - 1, from, 2, to - from);
      assert.ok(
        column.some((pixel) => distance(pixel, parseHex('#cccccc')) < 40),
        `${id}: no light dash`,
      );
    }
    await panel.close();
  });

  for (const [where, real] of [
    ['front', [12, 20]],
    ['both ends', [6, 14]],
  ] as const) {
    it(`hatches padding at the ${where} and leaves the real steps plain`, async () => {
      const { panel, inside, picture } = await draw({ real: [...real], reach: 2, value: () => 0.5 });
      for (let step = 0; step < 20; step++) {
        const isReal = step >= real[0] && step < real[1];
        assert.equal(kinds(inside(picture, 1, step)) === 1, isReal, `step ${step}`);
      }
      await panel.close();
    });
  }

  it('can crop long padding: the real steps get the room, the edge is torn, the words say so', async () => {
    const { panel } = await draw({ real: [2, 8], value: () => 0.5 });
    assert.equal(await panel.page.locator('#torn-right').isVisible(), false);
    await panel.page.locator('#crop-padding').check();
    await panel.settle();
    assert.equal(await panel.body('zoom'), '0-11');
    assert.ok(await panel.page.locator('#torn-right').isVisible());
    assert.equal(await panel.page.locator('#torn-left').isVisible(), false);
    assert.match(await panel.text('#caption'), /9 steps of padding cropped at the torn edge/);
    await panel.page.locator('#heatmap').focus();
    await panel.page.keyboard.press('End');
    assert.equal(await panel.field('step'), '10', 'the keys stay with what is seen');
    await panel.page.locator('#crop-padding').uncheck();
    await panel.settle();
    assert.equal(await panel.body('zoom'), '0-20');
    await panel.close();
  });

  it('tears the plots only: the colour bar below a narrow map and the numbers of the axis stay whole', async () => {
    const { panel } = await draw(
      { real: [2, 8], value: () => 0.5, look: { cropPadding: true } },
      { width: 380, height: 800 },
    );
    const box = async (selector: string) => (await panel.page.locator(selector).boundingBox())!;
    const tears = await panel.page.locator('#torn-right .tear').all();
    const [above, lines] = await Promise.all(tears.map(async (tear) => (await tear.boundingBox())!));
    const [map, bar, signals] = [await box('#heatmap'), await box('#colour-bar'), await box('#signals')];
    assert.ok(bar.y >= map.y + map.height, 'the bar is below the map');
    assert.ok(above!.y <= map.y && above!.y + above!.height > map.y + map.height / 2, 'the map is torn');
    assert.ok(above!.y + above!.height <= map.y + map.height - 19, 'its axis is whole');
    assert.ok(lines!.y >= bar.y + bar.height, 'the bar is whole');
    assert.ok(Math.abs(lines!.y + lines!.height - (signals.y + signals.height - 20)) <= 1);
    await panel.close();
  });

  it('can hide the map on padding: no colour of it is left there', async () => {
    const { panel, inside, picture } = await draw({
      real: [0, 8],
      value: () => 0.5,
      look: { hidePadding: true },
    });
    assertColour(inside(picture, 0, 3)[0]!, cividis(1), 'a real cell');
    const hidden = inside(picture, 0, 15);
    assert.ok(hidden.every((pixel) => distance(pixel, cividis(1)) > 60));
    assert.ok(hidden.some((pixel) => distance(pixel, background) < 12));
    await panel.close();
  });

  it('can take its range from the real steps and says what lies beyond', async () => {
    const value = (_: number, step: number) => (step < 8 ? 0.5 : 2);
    const { panel, place, inside, picture } = await draw({ real: [0, 8], value });
    assertColour(inside(picture, 0, 3)[0]!, cividis(64 / 255), 'a real cell in the range of all');
    assert.match(await panel.text('#caption'), /padding included in the range/);
    await panel.page.locator('#range-without-padding').check();
    const { x, y } = place.middle(0, 3);
    assertColour((await photograph(panel)).at(x, y), cividis(1), 'the same cell in its own range');
    assert.match(await panel.text('#caption'), /padding excluded from the range · padding reaches 2/);
    await panel.close();
  });

  it('says so when the map is zero everywhere, and colours nothing', async () => {
    const { panel, inside, picture } = await draw({ value: () => 0 });
    assert.match(await panel.text('#map-message'), /zero everywhere.*Switch ReLU off/);
    assertColour(inside(picture, 0, 1)[0]!, background, 'a cell');
    assert.equal(await panel.page.locator('#colour-bar').isVisible(), false);
    assert.match(await panel.text('#share-words'), /zero everywhere/);
    await panel.close();
  });

  it('leaves blank what is not a number, and says how many', async () => {
    const value = (row: number, step: number) => (row === 2 && step === 5 ? Number.NaN : 1);
    const { panel, inside, picture } = await draw({ value });
    assertColour(inside(picture, 2, 5)[0]!, background, 'the NaN cell');
    assert.match(await panel.text('#caption'), /1 cell not a number, left blank/);
    await panel.close();
  });

  it('draws a time map as one band and says that it holds for every feature', async () => {
    const { panel, inside, picture } = await draw({ rows: 1, value: (_, step) => (step === 5 ? 1 : 0) });
    const band = inside(picture, 0, 5);
    assert.equal(kinds(band), 1);
    assertColour(band[0]!, cividis(1), 'the strongest step');
    assert.match(await panel.text('#caption'), /^time map, the same for every feature/);
    assert.equal(await panel.text('#profile-label'), 'time map');
    await panel.sent();
    for (const width of [350, 480, 1000]) {
      await panel.page.setViewportSize({ width, height: 500 });
      await panel.page.locator('#apart button').click();
      const picked = (await panel.sent()).flatMap((one) => (one.kind === 'choose' ? [one.choice] : []));
      assert.deepEqual(picked, [{ what: 'layer', name: 'conv2dblock' }], `offered at ${width} px`);
    }
    await panel.close();
  });

  it('tells that the columns between the positions of a strided layer are drawn in', async () => {
    const view = makeView({ features, steps: 20, real: [0, 8], rows: 1, value: () => 1 });
    const { explanation } = view;
    const layer = { ...explanation.layer, receptiveField: { size: 9, jump: 4, start: 1.5 } };
    const native = {
      values: new Float32Array(5).fill(1),
      rows: 1,
      columns: 5,
      positions: Float32Array.of(1, 5, 9, 13, 17),
    };
    const panel = await PanelPage.open();
    await panel.show({ ...view, explanation: { ...explanation, layer, native } });
    assert.match(await panel.text('#caption'), /5 positions of the layer, one per 4 steps/);
    await panel.close();
  });

  it('shows a single hot cell among 300,000 and says that it pooled', async () => {
    const panel = await PanelPage.open({ width: 1000 });
    const value = (row: number, step: number) => (row === 7 && step === 5001 ? 2 : 0.2);
    await panel.show(makeView({ steps: 10_000, real: [0, 7000], reach: 400, value }));
    const picture = await photograph(panel);
    const box = (await panel.page.locator('#heatmap').boundingBox())!;
    const hot = picture
      .box(box.x, box.y, box.width, box.height)
      .filter((pixel) => distance(pixel, cividis(1)) <= 3);
    assert.ok(hot.length >= 4, `${hot.length} hot pixels`);
    assert.match(await panel.text('#caption'), /pooled ×12: each pixel shows the strongest of 12 cells/);
    await panel.close();
  });

  it('is redrawn in the colours of a new theme', async () => {
    const { panel, inside } = await draw({ real: [0, 8], value: () => 0, look: { hidePadding: true } });
    const before = inside(await photograph(panel), 0, 15);
    await panel.useTheme('light');
    await panel.settle();
    const after = inside(await photograph(panel), 0, 15);
    const bright = (pixels: Rgb[]) => pixels.reduce((sum, [red]) => sum + red, 0) / pixels.length;
    assert.ok(bright(before) < 100 && bright(after) > 150, `${bright(before)} → ${bright(after)}`);
    await panel.close();
  });
});
