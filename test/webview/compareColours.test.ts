import assert from 'node:assert/strict';
import { colourTable } from '../../src/raster/colourTable.ts';
import { hot, openCompare, pair, small } from './harness/comparePage.ts';
import { photograph } from './harness/mapPlace.ts';
import type { PanelPage } from './harness/panelPage.ts';
import { assertColour, distance, type Rgb } from './harness/picture.ts';

/** Colour of a value on a table over low..high. */
function shade(signed: boolean, value: number, low: number, high: number): Rgb {
  const pixel = colourTable(signed, 'dark')[Math.round((255 * (value - low)) / (high - low))]!;
  return [pixel & 255, (pixel >> 8) & 255, (pixel >> 16) & 255];
}

describe('The colours of the Compare view', () => {
  let panel: PanelPage;
  afterEach(() => panel.close());

  const open = async (...runs: Parameters<typeof openCompare>) => {
    panel = await openCompare(...runs);
  };

  /** The middle of a cell of a pane, walked to with the keys. */
  const cell = async (pane: 'a' | 'b' | 'difference', row: number, step: number) => {
    const map = panel.page.locator(`#pane-${pane}-map`);
    await map.focus();
    for (const key of ['Home', 'ArrowUp', 'ArrowUp', 'ArrowUp']) await map.press(key);
    for (let i = 0; i < row; i++) await map.press('ArrowDown');
    for (let i = 0; i < step; i++) await map.press('ArrowRight');
    const box = (await panel.page.locator(`#pane-${pane}-cell-frame`).boundingBox())!;
    await map.press('Escape');
    return { x: box.x + box.width / 2, y: box.y + box.height / 2, box };
  };
  const colour = async (pane: 'a' | 'b' | 'difference', row: number, step: number) => {
    const { x, y } = await cell(pane, row, step);
    return (await photograph(panel)).at(x, y);
  };

  it('draws both maps on one colour scale', async () => {
    await open(...pair());
    assertColour(await colour('a', 0, 1), shade(false, 1, 0, 1), "A's hot cell");
    // Half as hot is the middle of the shared scale, not the end of its own.
    assertColour(await colour('b', 1, 2), shade(false, 0.5, 0, 1), "B's hot cell");
    assertColour(await colour('a', 2, 3), shade(false, 0.1, 0, 1), "A's ground");
    assertColour(await colour('b', 2, 3), shade(false, 0.1, 0, 1), "B's ground");
    assert.equal(await panel.text('#pane-a-bar'), await panel.text('#pane-b-bar'));
  });

  it('draws the difference blue where B has less, orange where it has more, neutral where both are equal', async () => {
    await open(...pair());
    assertColour(await colour('difference', 2, 3), shade(true, 0, -1, 1), 'no difference');
    const [less, more] = [await colour('difference', 0, 1), await colour('difference', 1, 2)];
    assertColour(less, shade(true, -0.9, -1, 1), 'less');
    assertColour(more, shade(true, 0.4, -1, 1), 'more');
    assert.ok(less[2] > less[0] && more[0] > more[2]);
  });

  it('is neutral everywhere where a run meets itself', async () => {
    const [a] = pair();
    await open(a, a);
    assert.match(await panel.text('#pane-difference'), /the same in every cell/);
    for (const [row, step] of [
      [0, 1],
      [1, 2],
      [2, 5],
    ] as const) {
      assertColour(await colour('difference', row, step), shade(true, 0, -1, 1), `cell ${row} ${step}`);
    }
    assert.match(await panel.text('[data-number="correlation"]'), /1\.00 over 6 real steps/);
  });

  it('says so where one side hardly shows on the scale of the other', async () => {
    const [a, b] = pair();
    await open(a, small(2, { value: hot([0, 1], 100) }));
    assert.match(await panel.text('#compare-words'), /largest value of A is 1 % of the other's/);
    await panel.receive({ kind: 'view', id: 'compare', view: { pair: { a, b } }, front: false });
    assert.doesNotMatch(await panel.text('#compare-words'), /hardly shows/);
  });

  it('gives maps of different methods a scale of their own, or ranks, and says how far they agree', async () => {
    const [a] = pair();
    const weak = small(2, { value: hot([0, 1], 0.001), how: { method: 'hirescam' } });
    await open(a, weak);
    const scale = panel.page.locator('#compare-scale');
    assert.equal(await scale.inputValue(), 'own');
    for (const pane of ['a', 'b'] as const)
      assertColour(
        await colour(pane, pane === 'a' ? 0 : 2, pane === 'a' ? 1 : 3),
        shade(false, 1, 0, 1),
        pane,
      );
    assert.match(await panel.text('#compare-words'), /scale of their own/);
    await scale.selectOption('shared');
    assert.match(await panel.text('#pane-b-bar'), /^0\s+0.5\s+1$/);
    await scale.selectOption('rank');
    assertColour(await colour('a', 0, 1), shade(false, 1, 0, 1), 'the strongest has the last rank');
    assert.match(await panel.text('#pane-a-bar'), /^0\s+0.5\s+1$/);
    assert.match(await panel.text('[data-number="agreement"]'), /^ρ −?[\d.]+; \d+ % of the strongest tenth/);
  });
  it('hatches the padding of each side where it is', async () => {
    const [a] = pair();
    await open(a, small(2, { value: hot([0, 1], 1), real: [0, 3] }));
    const stripes = async (pane: 'a' | 'b', step: number) => {
      const { box } = await cell(pane, 2, step);
      const pixels = (await photograph(panel)).box(box.x + 3, box.y + 3, box.width - 6, box.height - 6);
      return pixels.some((pixel) => distance(pixel, pixels[0]!) > 30);
    };
    assert.deepEqual([await stripes('a', 4), await stripes('b', 4)], [false, true]);
    assert.deepEqual([await stripes('a', 7), await stripes('b', 7)], [true, true]);
    assert.match((await panel.page.locator('#pane-b-zones').getAttribute('aria-label'))!, /REAL steps 0–2/);
  });
});
