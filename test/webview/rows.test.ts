import assert from 'node:assert/strict';
import { MapPlace, photograph } from './harness/mapPlace.ts';
import { PanelPage } from './harness/panelPage.ts';
import { distance } from './harness/picture.ts';
import { makeView } from './harness/views.ts';

const features = ['hip', 'knee', 'ankle', 'toe'];
/** The toe is strongest, then the ankle; one hot step each. */
const value = (row: number, step: number) => (step === 5 ? (row + 1) / 4 : 0);
const view = (look = {}) => makeView({ features, steps: 20, real: [0, 12], reach: 4, value, look });

describe('The rows of the map', () => {
  let panel: PanelPage;
  before(async () => {
    panel = await PanelPage.open();
    await panel.show(view());
  });
  after(async () => {
    await panel.close();
  });

  const names = async () => {
    await panel.page.locator('#heatmap').focus();
    for (const key of ['Home', 'ArrowUp', 'ArrowUp', 'ArrowUp']) await panel.page.keyboard.press(key);
    const found: string[] = [];
    for (let i = 0; i < 4; i++) {
      found.push(await panel.field('feature'));
      await panel.page.keyboard.press('ArrowDown');
    }
    await panel.page.keyboard.press('Escape');
    return found;
  };

  it('are sorted by share, by name, or with the lines first', async () => {
    const order = panel.page.locator('#row-order');
    assert.deepEqual(await names(), features);
    await order.selectOption('share');
    assert.deepEqual(await names(), ['toe', 'ankle', 'knee', 'hip']);
    await order.selectOption('name');
    assert.deepEqual(await names(), ['ankle', 'hip', 'knee', 'toe']);
    await panel.show(view({ rows: 'lines', signals: ['knee', 'toe'] }));
    assert.equal(await order.inputValue(), 'lines');
    assert.deepEqual(await names(), ['knee', 'toe', 'hip', 'ankle']);
  });

  it('stand in groups, with the pinned ones first, by mouse and by keys', async () => {
    const sensors = ['imu_hip_x', 'imu_hip_y', 'imu_toe_x', 'imu_toe_y'];
    await panel.show(makeView({ features: sensors, steps: 20, real: [0, 12], value }));
    assert.equal(await panel.text('#name-prefix'), 'imu_…');
    await panel.page.locator('#row-order').selectOption('group');
    assert.deepEqual(await names(), ['imu_toe_x', 'imu_toe_y', 'imu_hip_x', 'imu_hip_y']);
    await panel.page.locator('#heatmap').focus();
    for (const key of ['Home', 'ArrowUp', 'ArrowUp', 'ArrowUp', 'ArrowDown', 'ArrowDown', 'ArrowDown', 'p'])
      await panel.page.keyboard.press(key);
    assert.deepEqual(await names(), ['imu_hip_y', 'imu_toe_x', 'imu_toe_y', 'imu_hip_x']);
    const map = (await panel.page.locator('#heatmap').boundingBox())!;
    await panel.page.mouse.click(map.x + 20, map.y + 12);
    assert.deepEqual(await names(), ['imu_toe_x', 'imu_toe_y', 'imu_hip_x', 'imu_hip_y']);
    await panel.show(view());
    assert.equal(await panel.text('#name-prefix'), '');
  });

  it('are the features they are to the file, wherever they stand', async () => {
    await panel.show(view({ rows: 'share' }));
    await panel.page.locator('#heatmap').focus();
    for (const key of ['Home', 'ArrowUp', 'ArrowUp', 'ArrowUp']) await panel.page.keyboard.press(key);
    await panel.sent();
    await panel.page.keyboard.press('Enter');
    for (const key of ['b', 'ArrowDown', 'Enter']) await panel.page.keyboard.press(key);
    assert.deepEqual(await panel.sent(), [
      { kind: 'reveal', step: 0, feature: 3 },
      { kind: 'select', cells: { from: 0, to: 1, features: [2, 3] } },
    ]);
    await panel.page.keyboard.press('Escape');
    await panel.page.keyboard.press('Escape');
    await panel.receive({ kind: 'mark', step: 2, cells: { from: 2, to: 4, features: [3] } });
    const place = await MapPlace.of(panel, { rows: 4, columns: 20 });
    const box = (await panel.page.locator('#file-selection').boundingBox())!;
    assert.ok(Math.abs(box.y - place.cell(0, 2).y) < 1.5, 'the toe stands first');
    await panel.receive({ kind: 'mark', step: null, cells: null });
  });

  it('shine behind their lines where their attribution is', async () => {
    await panel.show(view({ signals: ['toe', 'hip'] }));
    const place = await MapPlace.of(panel, { rows: 4, columns: 20 });
    const picture = await photograph(panel);
    const signals = (await panel.page.locator('#signals').boundingBox())!;
    const at = (lane: number, step: number) =>
      picture.at(place.middle(0, step).x + 3, signals.y + 5 + lane * 52);
    assert.ok(distance(at(0, 5), at(0, 9)) > 90, 'the toe at its hot step');
    const [strong, weak] = [distance(at(0, 5), at(0, 9)), distance(at(1, 5), at(1, 9))];
    assert.ok(weak > 5 && weak < strong / 2, `${weak} of ${strong}: as strong as it is`);
  });

  it('stand over the times of the file, which the strip and the read-out tell as well', async () => {
    const zones = () => panel.page.locator('#zones').getAttribute('aria-label');
    const values = Float64Array.from({ length: 20 }, (_, i) => (i < 12 ? i * 0.5 : Number.NaN));
    const time = { name: 't', kind: 'number', unit: 's', values } as const;
    await panel.show(makeView({ features, steps: 20, real: [0, 12], reach: 4, value, change: { time } }));
    assert.match((await zones())!, /^Zones: REAL 0–5.5 s, .*; MIXED 4 steps, .*; EMPTY 4 steps, /);
    await panel.page.locator('#heatmap').focus();
    for (const key of ['Home', 'ArrowRight', 'ArrowRight', 'ArrowRight'])
      await panel.page.keyboard.press(key);
    assert.equal(await panel.field('step'), '3 · 1.5 s');
    assert.match(await panel.text('#caption'), /^time: t \(s\) · /);
    await panel.page.keyboard.press('Escape');
    await panel.show(view());
    assert.match((await zones())!, /^Zones: REAL steps 0–11, /);
  });
});
