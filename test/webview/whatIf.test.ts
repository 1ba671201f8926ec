import assert from 'node:assert/strict';
import type { PanelViews } from '../../src/views/panel/contract.ts';
import { MapPlace } from './harness/mapPlace.ts';
import { PanelPage } from './harness/panelPage.ts';
import { makeView } from './harness/views.ts';

const wish = { features: ['hip', 'knee', 'ankle', 'toe'], steps: 20, real: [0, 12], reach: 4 } as const;

describe('What if', () => {
  let panel: PanelPage;
  before(async () => {
    panel = await PanelPage.open();
    await panel.show(makeView(wish));
    const place = await MapPlace.of(panel, { rows: 4, columns: 20 });
    await panel.sent();
    const [from, to] = [place.middle(1, 3), place.middle(2, 6)];
    await panel.page.mouse.move(from.x, from.y);
    await panel.page.mouse.down();
    await panel.page.mouse.move(to.x, to.y, { steps: 3 });
    await panel.page.mouse.up();
  });
  after(async () => {
    await panel.close();
  });

  const cells = { from: 3, to: 7, features: [1, 2] } as const;
  const asked = async () => (await panel.sent()).flatMap((one) => (one.kind === 'whatIf' ? [one.edits] : []));
  const answer = (view: PanelViews['whatIf']) =>
    panel.receive({ kind: 'view', id: 'whatIf', view, front: false });

  const focused = () => panel.page.evaluate(() => document.activeElement?.id);

  it('offers what the brushed cells can be changed to', async () => {
    assert.equal(await panel.text('#what-if-place'), 'steps 3–6 of 2 features were');
    await panel.page.locator('#what-if-mask').click();
    await panel.page.locator('#what-if-factor').fill('0');
    await panel.page.locator('#what-if-scale').click();
    await panel.page.locator('#what-if-shift').click();
    const [mask, scale, shift] = [
      { ...cells, what: 'mask' },
      { ...cells, what: 'scale', by: 0 },
      { ...cells, what: 'shift', by: 5 },
    ];
    assert.deepEqual(await asked(), [[mask], [mask, scale], [mask, scale, shift]]);
    assert.equal(await panel.text('#what-if-changes'), '3 changes');
  });

  it('keeps a number beside its button however narrow it is', async () => {
    const before = panel.page.viewportSize()!;
    for (const width of [350, 420, 520, 640]) {
      await panel.page.setViewportSize({ width, height: 700 });
      for (const [act, of] of [
        ['#what-if-scale', '#what-if-factor'],
        ['#what-if-shift', '#what-if-steps'],
      ] as const) {
        const [left, right] = await Promise.all(
          [act, of].map((one) => panel.page.locator(one).boundingBox()),
        );
        const apart = Math.abs(left!.y + left!.height / 2 - right!.y - right!.height / 2);
        assert.ok(apart < 2 && right!.x >= left!.x + left!.width, `${of} at ${width} px`);
      }
    }
    await panel.page.setViewportSize(before);
  });

  it('says what every class gets, draws the map of the changed series, and takes the last change back', async () => {
    const before = await panel.page.locator('#heatmap').screenshot();
    const { explanation } = makeView({ ...wish, value: (row, step) => (row === 3 && step === 2 ? 1 : 0.1) });
    const prediction = { ...explanation.prediction, predicted: 1, probabilities: Float32Array.of(0.3, 0.7) };
    const edits = [{ ...cells, what: 'mask' as const }];
    await answer({ edits, explanation: { ...explanation, prediction }, sentence: null });
    assert.match(await panel.text('#what-if-answers'), /now run\s+walk 0.97 → 0.30\s+run 0.03 → 0.70/);
    assert.equal(await panel.text('#prediction'), 'predicted walk 0.97', 'the header is about the file');
    assert.equal(await panel.body('whatIf'), 'changed');
    assert.match(await panel.text('#map-title'), /^Series changed\s*Grad-CAM/);
    assert.match(await panel.text('#what-if'), /1 change\s+not in the file or its marks/);
    assert.notDeepEqual(await panel.page.locator('#heatmap').screenshot(), before);
    await panel.page.screenshot({ path: 'out/screenshots/what-if.png' });
    await panel.page.locator('#what-if-rows').click();
    assert.deepEqual(await panel.sent(), [{ kind: 'whatIfRows' }]);
    await panel.page.locator('#what-if-undo').press('Enter');
    assert.deepEqual(await asked(), [[]]);
    assert.equal(await focused(), 'what-if-mask', 'the control that had the keys has gone');
    await answer({ edits: [], explanation: null, sentence: null });
    assert.equal(await panel.body('whatIf'), 'as it is');
    assert.match(await panel.text('#map-title'), /^Grad-CAM/);
    assert.deepEqual(
      await panel.page.locator('#heatmap').screenshot(),
      before,
      'it is the map of the file again',
    );
  });

  it('says why there is no answer', async () => {
    const edits = [{ ...cells, what: 'mask' as const }];
    await answer({ edits, explanation: null, sentence: 'The model is gone.' });
    assert.equal(await panel.text('#what-if-answers'), 'The model is gone.');
  });

  it('stands as the host has it when the picture comes again, and begins anew with another', async () => {
    await panel.show(makeView(wish));
    assert.equal(await panel.text('#what-if-changes'), '1 change');
    await answer({ edits: [], explanation: null, sentence: null });
    await panel.show(makeView(wish));
    assert.equal(await panel.page.locator('#what-if-changes').isVisible(), false);
    assert.equal(
      await panel.page.locator('#what-if').isVisible(),
      true,
      'the same cells of the next instance',
    );
    await panel.show({ ...makeView(wish), dataName: 'another.csv' });
    assert.equal(
      await panel.page.locator('#what-if').isVisible(),
      false,
      'nothing is chosen in another file',
    );
    await panel.page.locator('#heatmap').focus();
    for (const key of ['b', 'ArrowRight', 'Enter']) await panel.page.keyboard.press(key);
    assert.equal(await panel.page.locator('#what-if').isVisible(), true);
    await panel.page.keyboard.press('w');
    assert.equal(await focused(), 'what-if-mask');
    await panel.page.keyboard.press('Escape');
    assert.equal(await focused(), 'heatmap');
    await panel.page.keyboard.press('Escape');
    assert.equal(await panel.page.locator('#what-if').isVisible(), false);
  });
});
