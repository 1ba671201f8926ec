import assert from 'node:assert/strict';
import { MapPlace } from './harness/mapPlace.ts';
import { PanelPage } from './harness/panelPage.ts';
import { makeView } from './harness/views.ts';

const features = ['hip', 'knee', 'ankle', 'toe'];
/** 4 × 20 cells, the first 8 steps real; every cell has a value of its own, the strongest at knee, step 5. */
const value = (row: number, step: number) => (row === 1 && step === 5 ? 9 : (row * 20 + step) / 100);
const view = () => makeView({ features, steps: 20, real: [0, 8], reach: 4, value });

const fields = async (panel: PanelPage) => {
  const names = ['feature', 'step', 'attribution', 'rank', 'zone', 'line'];
  return Promise.all(names.map((name) => panel.field(name)));
};

describe('The pointer on the map', () => {
  let panel: PanelPage;
  let place: MapPlace;
  beforeEach(async () => {
    panel = await PanelPage.open();
    await panel.show(view());
    place = await MapPlace.of(panel, { rows: 4, columns: 20 });
    await panel.sent();
  });
  afterEach(() => panel.close());

  const pointAt = async (row: number, step: number) => {
    const { x, y } = place.middle(row, step);
    await panel.page.mouse.move(x, y);
  };
  const zoom = async () => {
    await panel.settle();
    return (await panel.body('zoom'))!.split('-').map(Number) as [number, number];
  };

  it('reads the cell under it, in a place that was kept free', async () => {
    const before = await panel.page.locator('#view-map footer').boundingBox();
    await pointAt(2, 3);
    assert.deepEqual(await fields(panel), ['ankle', '3', '0.43', '38 of 80', 'REAL', '5']);
    await pointAt(3, 15);
    assert.deepEqual(await fields(panel), ['toe', '15', '0.75', '6 of 80', 'EMPTY', '–']);
    assert.equal(await panel.field('value'), 'padding');
    assert.deepEqual(await panel.page.locator('#view-map footer').boundingBox(), before);
    await panel.page.mouse.move(5, 5);
    assert.equal(await panel.page.locator('#readout').isVisible(), false);
    assert.equal(await panel.page.locator('#cell-frame').isVisible(), false);
  });

  it('gives the value in the file’s units and as the model gets it', async () => {
    const { signals } = view().explanation;
    await pointAt(1, 5);
    const shown = async (name: string) => Number((await panel.field(name)).replace('−', '-'));
    assert.ok(Math.abs((await shown('value')) - signals.raw![25]!) < 0.01);
    assert.ok(Math.abs((await shown('model input')) - signals.input[25]!) < 0.001);
  });

  it('reads the mean above the map and the feature of a line below it, at the same step', async () => {
    const { x } = place.middle(0, 6);
    const heights = { profile: 40, signals: 20 };
    for (const [id, height] of Object.entries(heights)) {
      const box = (await panel.page.locator(`#${id}`).boundingBox())!;
      await panel.page.mouse.move(x, box.y + height);
      const [feature, step] = await fields(panel);
      assert.deepEqual([feature, step], [id === 'profile' ? 'mean of all' : 'knee', '6']);
    }
  });

  it('shows the row in the file on a click', async () => {
    const { x, y } = place.middle(2, 3);
    await panel.page.mouse.click(x, y);
    assert.deepEqual(await panel.sent(), [{ kind: 'reveal', step: 3, feature: 2 }]);
  });

  it('zooms around itself with the wheel, in all plots, and has it remembered', async () => {
    await pointAt(1, 5);
    await panel.page.mouse.wheel(0, -400);
    const [from, to] = await zoom();
    assert.ok(to - from < 12 && from <= 5 && to > 5, `${from}-${to}`);
    assert.deepEqual((await fields(panel))[1], '5');
    await panel.page.mouse.move(place.middle(1, 5).x + 1, place.middle(1, 5).y);
    assert.equal(await panel.field('step'), '5');
    await panel.page.waitForFunction(() => window.sent.some(({ kind }) => kind === 'remember'));
    const [message] = await panel.sent();
    assert.ok(message?.kind === 'remember' && message.look.zoom);
    assert.deepEqual(message.look.zoom.map(Math.round), [from, to]);
    const strip = (await panel.page.locator('#zones .zone-real').boundingBox())!;
    assert.ok(strip.width > 300, 'the zone strip is zoomed too');
  });

  it('lets the page scroll when there is nothing to zoom out of', async () => {
    await pointAt(1, 5);
    const used = await panel.page.locator('#stage').evaluate((stage) => {
      const event = new WheelEvent('wheel', {
        deltaY: 100,
        cancelable: true,
        bubbles: true,
        clientX: 300,
        clientY: 300,
      });
      stage.dispatchEvent(event);
      return event.defaultPrevented;
    });
    assert.equal(used, false);
  });

  it('pans by dragging and shows everything again on a double click', async () => {
    await pointAt(1, 5);
    await panel.page.mouse.wheel(0, -400);
    const [from, to] = await zoom();
    await panel.page.mouse.down();
    await panel.page.mouse.move(place.middle(1, 5).x - 120, place.middle(1, 5).y, { steps: 5 });
    await panel.page.mouse.up();
    const [panned, end] = await zoom();
    assert.ok(panned > from && Math.abs(end - panned - (to - from)) <= 1);
    assert.deepEqual(
      (await panel.sent()).filter(({ kind }) => kind === 'reveal'),
      [],
    );
    await panel.page.mouse.dblclick(place.middle(1, 5).x, place.middle(1, 5).y);
    assert.deepEqual(await zoom(), [0, 20]);
  });

  it('reads the cell under the pointer while it drags, frame and words alike', async () => {
    await pointAt(1, 5);
    await panel.page.mouse.wheel(0, -400);
    await panel.settle();
    await panel.page.mouse.down();
    await panel.page.mouse.move(place.middle(1, 5).x - 90, place.middle(1, 5).y, { steps: 4 });
    await panel.settle();
    const x = place.middle(1, 5).x - 90;
    const frame = (await panel.page.locator('#cell-frame').boundingBox())!;
    assert.ok(frame.x <= x && frame.x + frame.width >= x, 'the frame is under the pointer');
    await panel.page.mouse.up();
  });

  it('has the step at the editor’s cursor marked', async () => {
    await panel.receive({ kind: 'mark', step: 3, cells: null });
    const mark = panel.page.locator('#cursor-mark');
    assert.equal(await mark.getAttribute('data-step'), '3');
    const [box, cell] = [(await mark.boundingBox())!, place.cell(0, 3)];
    assert.ok(Math.abs(box.x - cell.x) < 1.5 && Math.abs(box.width - cell.width) < 1.5);
    await panel.receive({ kind: 'mark', step: null, cells: null });
    assert.equal(await mark.isVisible(), false);
    await panel.receive({ kind: 'mark', step: 99, cells: null });
    assert.equal(await mark.isVisible(), false);
  });
});

describe('The keys on the map', () => {
  let panel: PanelPage;
  beforeEach(async () => {
    panel = await PanelPage.open();
    await panel.show(view());
    await panel.sent();
    await panel.page.locator('#row-order').focus();
    await panel.page.keyboard.press('Tab');
  });
  afterEach(() => panel.close());

  const press = async (...keys: string[]) => {
    for (const key of keys) await panel.page.keyboard.press(key);
    await panel.settle();
  };
  const at = async () => (await fields(panel)).slice(0, 2).join(' ');

  it('begin at the strongest cell and walk from there', async () => {
    assert.equal(await panel.page.evaluate(() => document.activeElement?.id), 'heatmap');
    assert.equal(await at(), 'knee 5');
    await press('ArrowRight', 'ArrowDown');
    assert.equal(await at(), 'ankle 6');
    await press('Shift+ArrowRight', 'ArrowUp', 'ArrowLeft');
    assert.equal(await at(), 'knee 15');
    await press('Home');
    assert.equal(await at(), 'knee 0');
    await press('PageDown');
    assert.equal(await at(), 'knee 10');
    await press('End', 'ArrowRight', 'ArrowDown', 'ArrowDown', 'ArrowDown');
    assert.equal(await at(), 'toe 19');
  });

  it('are told to screen readers, the pointer is not', async () => {
    await press('ArrowLeft', 'ArrowRight');
    const spoken = panel.page.locator('#spoken');
    assert.match(
      (await spoken.textContent())!,
      /^knee, step 5, value [\d.]+, attribution 9, rank 1 of 80, REAL, line 7$/,
    );
    assert.equal(await spoken.getAttribute('aria-live'), 'polite');
    const before = await spoken.textContent();
    const box = (await panel.page.locator('#heatmap').boundingBox())!;
    await panel.page.mouse.move(box.x + 300, box.y + 20);
    assert.equal(await spoken.textContent(), before);
    const described = await panel.page.locator('#heatmap').getAttribute('aria-describedby');
    assert.match((await panel.page.locator(`#${described}`).textContent())!, /Arrow keys walk the cells/);
    assert.equal(
      await panel.page.locator('#heatmap').getAttribute('aria-label'),
      'Attribution map of conv2dblock for walk, 4 features by 20 steps',
    );
  });

  it('show the row in the file, draw its line, and leave', async () => {
    await press('ArrowDown', 'Enter');
    assert.deepEqual(await panel.sent(), [{ kind: 'reveal', step: 5, feature: 2 }]);
    const names = () => panel.page.locator('.signal-name .chip-value').allInnerTexts();
    const before = await names();
    await press('s');
    const after = await names();
    assert.notEqual(before.includes('ankle'), after.includes('ankle'));
    await press('Escape');
    assert.notEqual(await panel.page.evaluate(() => document.activeElement?.id), 'heatmap');
    assert.equal(await panel.page.locator('#cell-frame').isVisible(), false);
  });

  it('zoom around the cell, keep it in sight, and show everything again', async () => {
    await press('+', '+', '+');
    const [from, to] = (await panel.body('zoom'))!.split('-').map(Number);
    assert.ok(to! - from! < 10 && from! <= 5 && to! > 5);
    await press('End');
    assert.equal((await panel.body('zoom'))!.split('-')[1], '20');
    assert.ok(await panel.page.locator('#cell-frame').isVisible());
    await press('-');
    assert.notEqual(await panel.body('zoom'), '0-20');
    await press('0');
    assert.equal(await panel.body('zoom'), '0-20');
  });

  it('choose cells and show them in the file', async () => {
    await press('b', 'ArrowRight', 'ArrowRight', 'ArrowDown', 'Enter');
    assert.deepEqual(await panel.sent(), [{ kind: 'select', cells: { from: 5, to: 8, features: [1, 2] } }]);
    await press('Escape');
    assert.equal(await panel.page.locator('#brush').isVisible(), false);
    assert.equal(await panel.page.evaluate(() => document.activeElement?.id), 'heatmap');
  });

  it('leave what has a modifier to the editor', async () => {
    const prevented = await panel.page.locator('#heatmap').evaluate((map) => {
      const event = new KeyboardEvent('keydown', {
        key: 'ArrowRight',
        ctrlKey: true,
        cancelable: true,
        bubbles: true,
      });
      map.dispatchEvent(event);
      return event.defaultPrevented;
    });
    assert.equal(prevented, false);
    assert.equal(await at(), 'knee 5');
  });

  it('walk a time map along time only', async () => {
    await panel.show(makeView({ features, steps: 20, real: [0, 8], rows: 1, value: (_, step) => step / 20 }));
    await panel.page.locator('#heatmap').focus();
    await press('End', 'ArrowUp', 'ArrowLeft');
    assert.deepEqual((await fields(panel)).slice(0, 4), ['all', '18', '0.9', '2 of 20']);
    await panel.sent();
    await press('Enter');
    assert.deepEqual(await panel.sent(), [{ kind: 'reveal', step: 18, feature: null }]);
  });
});
