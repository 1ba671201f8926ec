import assert from 'node:assert/strict';
import { colourTable } from '../../src/raster/colourTable.ts';
import type { Run } from '../../src/runs/run.ts';
import { photograph } from './harness/mapPlace.ts';
import type { Room } from './harness/pages.ts';
import { PanelPage } from './harness/panelPage.ts';
import { assertColour, distance, type Rgb } from './harness/picture.ts';
import { makeKept, rowOf } from './harness/runs.ts';
import { makeView, type Wish } from './harness/views.ts';

const size = { features: ['ax', 'ay', 'az'], steps: 8, real: [0, 6], reach: 1 } as const;

/** One hot cell each, B's half as hot as A's. */
const hot = (at: readonly [number, number], high: number) => (row: number, step: number) =>
  row === at[0] && step === at[1] ? high : 0.1;

/** Colour of a value on a table over low..high. */
function shade(signed: boolean, value: number, low: number, high: number): Rgb {
  const pixel = colourTable(signed, 'dark')[Math.round((255 * (value - low)) / (high - low))]!;
  return [pixel & 255, (pixel >> 8) & 255, (pixel >> 16) & 255];
}

describe('The Compare view', () => {
  let panel: PanelPage;
  afterEach(() => panel.close());

  const open = async (a: Run, b: Run, room: Room = { width: 1200 }) => {
    panel = await PanelPage.open(room);
    await panel.show(makeView());
    await panel.receive({ kind: 'view', id: 'compare', view: { pair: { a, b } }, front: true });
  };
  const small = (minute: number, wish: Wish) => makeKept(minute, { ...size, ...wish });
  const pair = () => [small(1, { value: hot([0, 1], 1) }), small(2, { value: hot([1, 2], 0.5) })] as const;

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

  it('says how to begin while nothing is compared', async () => {
    panel = await PanelPage.open();
    await panel.show(makeView());
    await panel.receive({ kind: 'view', id: 'compare', view: { pair: null }, front: true });
    assert.match(await panel.text('#compare-words'), /Nothing is compared yet/);
    await panel.sent();
    await panel.page.locator('#compare-with').click();
    assert.deepEqual(await panel.sent(), [{ kind: 'run', command: 'compareWith' }]);
  });

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

  it('shows A, B and the difference on one screen from 640 px up', async () => {
    await open(makeKept(1), makeKept(2, { how: { relu: false } }), { width: 640, height: 700 });
    const boxes = await panel.page
      .locator('.panes .pane canvas[role=application]')
      .evaluateAll((all) => all.map((canvas) => canvas.getBoundingClientRect().toJSON()));
    assert.equal(boxes.length, 3);
    for (const { top, bottom } of boxes) assert.ok(top > 0 && bottom <= 700, `${top} to ${bottom}`);
    assert.equal(new Set(boxes.map(({ left }) => Math.round(left))).size, 3, 'beside each other');
    await panel.page.screenshot({ path: 'out/screenshots/compare-640.png' });
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

  it('zooms and points at all maps at once', async () => {
    await open(makeKept(1), makeKept(2, { value: (row, step) => row + step / 100 }));
    const box = (await panel.page.locator('#pane-b-map').boundingBox())!;
    await panel.page.mouse.move(box.x + box.width / 2, box.y + 40);
    const label = (side: string) => panel.page.locator(`#pane-${side}-zones .zone`).first().boundingBox();
    const before = await label('a');
    await panel.page.mouse.wheel(0, -400);
    await panel.settle();
    assert.notEqual(await panel.page.locator('.panes').getAttribute('data-zoom'), '0-131');
    assert.notDeepEqual(await label('a'), before);
    await panel.page.mouse.move(box.x + box.width / 2 + 20, box.y + 60);
    for (const side of ['a', 'b', 'difference']) {
      assert.equal(await panel.page.locator(`#pane-${side}-cell-frame`).isVisible(), true, side);
    }
    await panel.page.locator('#pane-a-map').press('0');
    await panel.settle();
    assert.equal(await panel.page.locator('.panes').getAttribute('data-zoom'), '0-131');
  });

  it('reads both sides out at the cursor', async () => {
    await open(...pair());
    const map = panel.page.locator('#pane-a-map');
    await map.focus();
    for (const key of ['Home', 'ArrowUp', 'ArrowUp', 'ArrowRight']) await map.press(key);
    const field = (name: string) => panel.text(`[data-compared="${name}"]`);
    assert.deepEqual(await Promise.all(['feature', 'step', 'A', 'B', 'B − A', 'zone in A'].map(field)), [
      'ax',
      '1',
      '1',
      '0.1',
      '−0.9',
      'REAL',
    ]);
    assert.match(await panel.text('#compare-spoken'), /feature ax, step 1, A 1, B 0\.1/);
  });

  it('puts the numbers beside each other', async () => {
    const change = {
      prediction: {
        logits: Float32Array.of(1, 0),
        probabilities: Float32Array.of(0.5, 0.5),
        predicted: 0,
        classes: ['walk', 'run'],
      },
    };
    await open(small(1, {}), small(2, { how: { method: 'hirescam' }, change }));
    assert.match(await panel.text('[data-number="p"]'), /p\(walk\)\s+0\.97\s+0\.50\s+−0\.470/);
    assert.match(await panel.text('[data-number="method"]'), /gradcam\s+hirescam\s+≠/);
    assert.doesNotMatch(await panel.text('[data-number="layer"]'), /≠/);
    const same = makeView(size).explanation.shares;
    const share = Math.round(100 * (same.MIXED.map + same.EMPTY.map));
    assert.match(await panel.text('[data-number="padding"]'), new RegExp(`${share} %\\s+${share} %\\s+0`));
  });

  it('says in a sentence why maps do not fit, and stretches nothing', async () => {
    await open(small(1, {}), small(2, { rows: 1 }));
    assert.match(await panel.text('#compare-misfit'), /A is a map of 3 features and B a time map/);
    assert.equal(await panel.page.locator('#pane-difference').isVisible(), false);
    assert.equal(await panel.page.locator('#pane-b-map').isVisible(), true);
    const longer = small(3, { steps: 9 });
    await panel.receive({
      kind: 'view',
      id: 'compare',
      view: { pair: { a: small(1, {}), b: longer } },
      front: false,
    });
    assert.match(await panel.text('#compare-misfit'), /A has 8 steps and B 9/);
    assert.equal(await panel.page.locator('#pane-a-map').isVisible(), false);
  });

  it('stacks A over B where it is narrow', async () => {
    await open(...pair(), { width: 420 });
    const [a, b] = await Promise.all(
      ['a', 'b'].map((side) => panel.page.locator(`#pane-${side}`).boundingBox()),
    );
    assert.equal(a!.x, b!.x);
    assert.ok(b!.y >= a!.y + a!.height);
    const wide = await panel.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    assert.ok(wide <= 0);
  });

  it('comes back after a reload with what was compared', async () => {
    const [a, b] = pair();
    await open(a, b);
    const view = { rows: [rowOf(b), rowOf(a)], a: a.facts.id, b: b.facts.id };
    await panel.receive({ kind: 'view', id: 'runs', view, front: false });
    await panel.page.reload();
    await panel.settle();
    assert.deepEqual(await panel.sent(), [
      { kind: 'ready' },
      { kind: 'runs', act: { do: 'restore', a: a.facts.id, b: b.facts.id } },
    ]);
    await panel.show(makeView());
    await panel.receive({ kind: 'view', id: 'compare', view: { pair: { a, b } }, front: false });
    assert.equal(await panel.page.locator('#pane-difference-map').isVisible(), true);
  });
});

describe('The Runs view', () => {
  let panel: PanelPage;
  const [first, second] = [makeKept(1), makeKept(2, { how: { method: 'hirescam' } })];
  const view = { rows: [rowOf(second, true), rowOf(first)], a: first.facts.id, b: null };
  beforeEach(async () => {
    panel = await PanelPage.open();
    await panel.show(makeView());
    await panel.receive({ kind: 'view', id: 'runs', view, front: true });
    await panel.sent();
  });
  afterEach(() => panel.close());

  it('lists what every run was', async () => {
    assert.match(await panel.text('#runs-words'), /2 runs/);
    const row = await panel.text(`[data-run="${second.facts.id}"]`);
    for (const word of [
      'walk.csv · case 0007',
      'xcm_w26.onnx',
      'conv2dblock',
      'hirescam',
      'walk 0.97',
      'on padding',
    ]) {
      assert.ok(row.includes(word), `${word} in ${row}`);
    }
    const pressed = panel.page.locator('[aria-pressed="true"]');
    assert.deepEqual(await pressed.evaluateAll((all) => all.map((each) => each.getAttribute('title'))), [
      'Unpin',
      'Compare as A',
    ]);
  });

  it('does everything by keyboard and keeps the focus', async () => {
    const { page } = panel;
    await page.locator(`[data-run="${second.facts.id}"] .run-asa`).focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Space');
    for (const key of ['ArrowRight', 'Enter', 'ArrowRight', 'Enter']) await page.keyboard.press(key);
    assert.deepEqual(await panel.sent(), [
      { kind: 'runs', act: { do: 'asB', id: second.facts.id } },
      { kind: 'runs', act: { do: 'pin', id: first.facts.id } },
      { kind: 'runs', act: { do: 'name', id: first.facts.id } },
      { kind: 'runs', act: { do: 'delete', id: first.facts.id } },
    ]);
    await panel.receive({ kind: 'view', id: 'runs', view: { ...view, rows: [rowOf(second)] }, front: false });
    assert.equal(
      await page.evaluate(() => document.activeElement?.closest('li')?.dataset.run),
      second.facts.id,
    );
  });

  it('says names, what changed since the run before, and offers a deleted one back', async () => {
    const named = { ...rowOf(second), name: 'without negative weights' };
    const rows = [named, rowOf(first)];
    const shown = { ...view, rows, deleted: 'case 0003' };
    await panel.receive({ kind: 'view', id: 'runs', view: shown, front: false });
    const row = await panel.text(`[data-run="${second.facts.id}"]`);
    assert.match(row, /^without negative weights\n.*method gradcam → hirescam.*\n.*walk\.csv · case 0007/);
    const undo = panel.page.locator('#undelete');
    assert.equal(await undo.innerText(), 'Undo: delete case 0003');
    await undo.click();
    assert.deepEqual(await panel.sent(), [{ kind: 'runs', act: { do: 'undelete' } }]);
    await panel.receive({ kind: 'view', id: 'runs', view: { deleted: null }, front: false });
    assert.equal(await undo.isVisible(), false);
  });

  it('leads to the comparison once both are chosen', async () => {
    const button = panel.page.locator('#compare-chosen');
    assert.equal(await button.isVisible(), false);
    await panel.receive({ kind: 'view', id: 'runs', view: { ...view, b: second.facts.id }, front: false });
    await panel.receive({
      kind: 'view',
      id: 'compare',
      view: { pair: { a: first, b: second } },
      front: false,
    });
    await button.click();
    assert.equal(await panel.page.locator('#pane-difference-map').isVisible(), true);
  });

  it('opens a run on the map', async () => {
    await panel.page.locator(`[data-run="${first.facts.id}"] .run-open`).click();
    assert.deepEqual(await panel.sent(), [{ kind: 'runs', act: { do: 'open', id: first.facts.id } }]);
    assert.equal(await panel.page.locator('#heatmap').isVisible(), true);
  });

  it('is there before anything is explained', async () => {
    const fresh = await PanelPage.open();
    await fresh.receive({ kind: 'view', id: 'runs', view, front: true });
    assert.equal(await fresh.page.locator('#runs-list li').first().isVisible(), true);
    assert.equal(await fresh.page.locator('.header').isVisible(), false);
    await fresh.page.locator('#tab-map').click();
    assert.equal(await fresh.page.locator('#runs-list').isVisible(), false);
    await fresh.close();
  });

  it('shows names from files as text', async () => {
    const trap = '<img src=x onerror="window.trapped=1">';
    const row = { ...rowOf(first), layer: trap, instance: { id: trap, index: 0 } };
    await panel.receive({ kind: 'view', id: 'runs', view: { rows: [row], a: null, b: null }, front: false });
    assert.ok((await panel.text('#runs-list')).includes(trap));
    assert.equal(await panel.page.evaluate(() => 'trapped' in window), false);
  });
});
