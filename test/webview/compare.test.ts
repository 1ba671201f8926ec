import assert from 'node:assert/strict';
import { openCompare, pair, size, small } from './harness/comparePage.ts';
import { PanelPage } from './harness/panelPage.ts';
import { makeKept, rowOf } from './harness/runs.ts';
import { makeView } from './harness/views.ts';

describe('The Compare view', () => {
  let panel: PanelPage;
  afterEach(() => panel.close());

  const open = async (...runs: Parameters<typeof openCompare>) => {
    panel = await openCompare(...runs);
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

  it('has A beside B over the difference at 520 px, the three maps on one screen and the words below them', async () => {
    await open(makeKept(1), makeKept(2, { how: { relu: false } }), { width: 520, height: 700 });
    const box = async (id: string) => (await panel.page.locator(id).boundingBox())!;
    const [a, b, difference] = [
      await box('#pane-a-map'),
      await box('#pane-b-map'),
      await box('#pane-difference-map'),
    ];
    assert.ok(b.x > a.x + a.width / 2 && b.y < a.y + a.height, 'beside each other');
    assert.ok(difference.y > a.y + a.height && difference.y + difference.height <= 700, 'in sight');
    assert.ok((await box('#compare-words')).y > difference.y + difference.height);
  });

  it('names the models where they differ, by their content where their names do not', async () => {
    const [a, b] = [makeKept(1), makeKept(2)];
    const titled = async (path: string) => {
      const facts = { ...b.facts, model: { path, hash: 'sha256:0123456789abcdef' } };
      const view = { pair: { a, b: { ...b, facts } } };
      await panel.receive({ kind: 'view', id: 'compare', view, front: true });
      return panel.page.locator('.panes .pane-title').allInnerTexts();
    };
    await open(a, b);
    const same = await panel.page.locator('.panes .pane-title').allInnerTexts();
    assert.ok(!same.some((title) => title.includes('.onnx')), same.join());
    const [before, after] = await titled('/kept/xcm_w26_repaired.onnx');
    assert.match(before!, /^A · walk\.csv · .+ · xcm_w26\.onnx$/);
    assert.match(after!, /^B · walk\.csv · .+ · xcm_w26_repaired\.onnx$/);
    const [, other] = await titled('/kept/xcm_w26.onnx');
    assert.match(other!, / · xcm_w26\.onnx 01234567$/);
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
    assert.match(await panel.text('[data-number="method"]'), /Grad-CAM\s+HiResCAM\s+≠/);
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
    const strips = () =>
      panel.page
        .locator('.panes .zone-strip:visible')
        .evaluateAll((all) => all.map((one) => one.getBoundingClientRect().left));
    // A map of one row has a short name at its left; its steps stand under those of the map above it all the same.
    await panel.receive({
      kind: 'view',
      id: 'compare',
      view: { pair: { a: small(1, {}), b: small(2, { rows: 1 }) } },
      front: true,
    });
    assert.equal(new Set(await strips()).size, 1);
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
