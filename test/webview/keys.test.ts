import assert from 'node:assert/strict';
import { PanelPage } from './harness/panelPage.ts';
import { features, fields, view } from './harness/smallMap.ts';
import { makeView } from './harness/views.ts';

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

  it('stay on their cell at the next instance, and it is read out', async () => {
    await press('ArrowRight');
    const [before, value] = [await at(), await panel.field('attribution')];
    await panel.show(makeView({ features, steps: 20, real: [0, 20], value: () => 0.25 }));
    assert.equal(await at(), before);
    assert.notEqual(await panel.field('attribution'), value);
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
