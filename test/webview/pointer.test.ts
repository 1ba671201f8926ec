import assert from 'node:assert/strict';
import { MapPlace } from './harness/mapPlace.ts';
import { PanelPage } from './harness/panelPage.ts';
import { fields, view } from './harness/smallMap.ts';

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
    const dragged = await fields(panel);
    assert.equal(dragged[1], '5', 'what is dragged goes with the hand');
    await panel.page.mouse.up();
    await panel.page.mouse.move(x + 40, place.middle(1, 5).y);
    await panel.page.mouse.move(x, place.middle(1, 5).y);
    assert.deepEqual(await fields(panel), dragged, 'at rest the same cell is read there');
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
