import assert from 'node:assert/strict';
import { MapPlace } from './harness/mapPlace.ts';
import { PanelPage } from './harness/panelPage.ts';
import { makeView } from './harness/views.ts';

const features = ['hip', 'knee', 'ankle', 'toe'];

describe('Cells chosen in the map and in the file', () => {
  let panel: PanelPage;
  let place: MapPlace;
  beforeEach(async () => {
    panel = await PanelPage.open();
    await panel.show(makeView({ features, steps: 20, real: [0, 8], reach: 4 }));
    place = await MapPlace.of(panel, { rows: 4, columns: 20 });
    await panel.sent();
  });
  afterEach(() => panel.close());

  it('brushes cells by dragging where nothing can be panned, and shows them in the file', async () => {
    const [from, to] = [place.middle(1, 3), place.middle(2, 6)];
    const drag = async () => {
      await panel.page.mouse.move(from.x, from.y);
      await panel.page.mouse.down();
      await panel.page.mouse.move(to.x, to.y, { steps: 3 });
      await panel.page.mouse.up();
    };
    await drag();
    const chosen = { kind: 'select', cells: { from: 3, to: 7, features: [1, 2] } } as const;
    assert.deepEqual(await panel.sent(), [chosen]);
    const brush = (await panel.page.locator('#brush').boundingBox())!;
    const [first, last] = [place.cell(1, 3), place.cell(2, 6)];
    assert.ok(Math.abs(brush.x - first.x) < 1.5 && Math.abs(brush.y - first.y) < 1.5);
    assert.ok(Math.abs(brush.x + brush.width - last.x - last.width) < 1.5);
    await panel.page.mouse.click(from.x, from.y);
    assert.equal(await panel.page.locator('#brush').isVisible(), false);
    await panel.page.mouse.wheel(0, -100);
    await panel.settle();
    await panel.sent();
    await panel.page.keyboard.down('Shift');
    await drag();
    await panel.page.keyboard.up('Shift');
    assert.deepEqual(
      (await panel.sent()).map(({ kind }) => kind).filter((kind) => kind !== 'remember'),
      ['select'],
    );
  });

  it('frames what is selected in the file', async () => {
    const frame = panel.page.locator('#file-selection');
    await panel.receive({ kind: 'mark', step: 2, cells: { from: 2, to: 5, features: [2] } });
    const [box, first, last] = [(await frame.boundingBox())!, place.cell(2, 2), place.cell(2, 4)];
    assert.ok(Math.abs(box.x - first.x) < 1.5 && Math.abs(box.y - first.y) < 1.5);
    assert.ok(Math.abs(box.x + box.width - last.x - last.width) < 1.5);
    await panel.receive({ kind: 'mark', step: 2, cells: { from: 2, to: 3, features: null } });
    assert.equal(await frame.isVisible(), false, 'the mark of the cursor says it');
  });
});
