import assert from 'node:assert/strict';
import { PanelPage } from './harness/panelPage.ts';
import { makeKept, rowOf } from './harness/runs.ts';
import { makeView } from './harness/views.ts';

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
      'HiResCAM',
      'walk 0.97',
      'on padding',
    ]) {
      assert.ok(row.includes(word), `${word} in ${row}`);
    }
    const picture = panel.page.locator(`[data-run="${second.facts.id}"] canvas`);
    assert.ok(((await picture.boundingBox())?.width ?? 0) > 60);
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
    assert.match(
      row,
      /^without negative weights\n.*method Grad-CAM → HiResCAM, the text of the file\n.*walk\.csv · case 0007/,
    );
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
