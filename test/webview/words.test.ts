import assert from 'node:assert/strict';
import { PanelPage } from './harness/panelPage.ts';
import { makeView } from './harness/views.ts';

const trap = '<img src=x onerror="window.trapped=1"><b>bold</b>';

describe('The words of the page', () => {
  let panel: PanelPage;
  beforeEach(async () => {
    panel = await PanelPage.open();
  });
  afterEach(() => panel.close());

  it('tells a newcomer what to do, after asking the host', async () => {
    assert.deepEqual(await panel.sent(), [{ kind: 'ready' }]);
    assert.equal(await panel.body('state'), 'empty');
    assert.match(await panel.text('#empty'), /Right-click a data file[\s\S]*Explain with Attribution Lens/);
    await panel.page.locator('#open-sample').click();
    assert.deepEqual(await panel.sent(), [{ kind: 'run', command: 'openSample' }]);
  });

  it('say who is looked at, what was predicted and whether the label agrees', async () => {
    await panel.show(makeView());
    assert.equal(await panel.body('state'), 'drawn');
    assert.equal(await panel.text('#instance'), 'case 0007');
    assert.equal(await panel.text('#prediction'), 'predicted walk 0.97');
    assert.match(await panel.text('#label'), /labelled walk\s*agrees/);
    assert.equal(await panel.text('#length'), '28 real of 131 steps');
    assert.equal(await panel.text('#position'), '7 / 60');
    assert.equal(await panel.text('#data-name'), 'walk.csv');
    assert.match(await panel.text('#map-title'), /^Grad-CAM of conv2dblock for walk/);
    assert.match(
      await panel.text('#origin'),
      /walk.csv · xcm_w26.onnx b1946ac92492 · onnxruntime-node 1.30.0/,
    );
  });

  it('speak of no classes where the outputs are numbers', async () => {
    const { explanation, ...view } = makeView();
    const names = ['pulse', trap];
    await panel.show({
      ...view,
      explanation: {
        ...explanation,
        instance: { ...explanation.instance, label: '3.05' },
        prediction: {
          ...{ logits: Float32Array.of(3.21, -1), predicted: 0, classes: names },
          values: { steps: null, channels: 2, perStep: false, reads: null, softmax: false },
        },
        target: { index: 0, name: 'pulse' },
      },
    });
    assert.equal(await panel.text('#prediction'), 'predicted 3.21 for pulse');
    assert.match(await panel.text('#label'), /^measured 3\.05\s*off by 0\.16$/);
    assert.equal(await panel.page.locator('#class').getAttribute('aria-label'), 'output');
    assert.equal(await panel.page.locator('#grid-classes').textContent(), 'All Outputs');
    assert.deepEqual(await panel.page.locator('#class option').allTextContents(), [
      'pulse (by itself)',
      'pulse · 3.21',
      `${trap} · −1`,
    ]);
    assert.doesNotMatch(await panel.text('#against'), /probable|speaks/);
    assert.equal(await panel.page.evaluate(() => 'trapped' in window), false);
  });

  it('say when the label differs, when there is none, and when another class is explained', async () => {
    const { explanation, ...view } = makeView();
    const instance = { ...explanation.instance, label: 'run' };
    await panel.show({
      ...view,
      explanation: { ...explanation, instance, target: { index: 1, name: 'run' } },
    });
    assert.match(await panel.text('#label'), /labelled run\s*differs/);
    assert.match(await panel.text('#map-title'), /for run \(not the predicted class\)/);
    await panel.show({
      ...view,
      explanation: { ...explanation, instance: { ...instance, label: undefined } },
    });
    assert.equal(await panel.text('#label'), 'no label');
    // A name that is no class is no disagreement, a place among the classes is compared.
    await panel.show({ ...view, explanation: { ...explanation, instance: { ...instance, label: 'jump' } } });
    assert.match(await panel.text('#label'), /labelled jump\s*none of the class names/);
    const at = String(explanation.prediction.predicted);
    await panel.show({ ...view, explanation: { ...explanation, instance: { ...instance, label: at } } });
    assert.match(await panel.text('#label'), new RegExp(`labelled ${at}\\s*agrees`));
  });

  it('name a file without case names by itself, or number its instances', async () => {
    const { explanation, ...view } = makeView();
    const numbered = { ...explanation.instance, id: '6' };
    await panel.show({ ...view, explanation: { ...explanation, instance: numbered } });
    assert.equal(await panel.text('#instance'), 'instance 6');
    const alone = { ...explanation.instance, id: '0', index: 0, of: 1 };
    await panel.show({ ...view, explanation: { ...explanation, instance: alone } });
    assert.equal(await panel.text('#instance'), 'walk.csv');
    assert.equal(await panel.text('#data-name'), '');
  });

  it('give the shares of map and positions as a fact', async () => {
    const shares = {
      REAL: { map: 0.38, positions: 28 / 131 },
      MIXED: { map: 0.48, positions: 65 / 131 },
      EMPTY: { map: 0.14, positions: 38 / 131 },
    };
    await panel.show(makeView({ reach: 65, change: { shares } }));
    assert.equal(
      await panel.text('#share-words'),
      '62 % of |map| lies on padding (48 % where real steps are still read, 14 % where only padding is); padding holds 79 % of the positions.',
    );
    const bars = panel.page.locator('.share-bar');
    assert.equal(await bars.nth(0).getAttribute('aria-label'), '|map|: REAL 38 %, MIXED 48 %, EMPTY 14 %');
    assert.equal(
      await bars.nth(1).getAttribute('aria-label'),
      'positions: REAL 21 %, MIXED 50 %, EMPTY 29 %',
    );
    assert.match(
      (await panel.page.locator('#zones').getAttribute('aria-label'))!,
      /^Zones: REAL steps 0–27, \d+ % of the map; MIXED steps 28–92, \d+ % of the map; EMPTY steps 93–130, \d+ % of the map$/,
    );
    const widths = await bars
      .nth(0)
      .locator('.zone')
      .evaluateAll((zones) => zones.map((zone) => zone.getBoundingClientRect().width));
    assert.ok(Math.abs(widths[1]! / widths[2]! - 48 / 14) < 0.1, String(widths));
  });

  it('speak plainly where nothing is padded', async () => {
    await panel.show(makeView({ real: [0, 131] }));
    assert.equal(await panel.text('#length'), '131 steps, none padded');
    assert.equal(await panel.text('#share-words'), 'No position lies on padding.');
    assert.doesNotMatch(await panel.text('#caption'), /padding/);
  });

  it('show warnings over the map and notes under it', async () => {
    const findings = [
      { code: 'a', severity: 'info', sentence: 'Two classes: their maps are near opposites.' },
      { code: 'b', severity: 'warning', sentence: 'The last 12 real steps are all zero.' },
    ] as const;
    await panel.show(makeView({ change: { findings } }));
    assert.match(await panel.text('#warnings'), /^\s*Warning:\s*The last 12 real steps are all zero/);
    assert.match(await panel.text('#notes'), /^\s*Note:\s*Two classes: their maps/);
    const top = async (id: string) => (await panel.page.locator(`#${id}`).boundingBox())!.y;
    assert.ok((await top('warnings')) < (await top('heatmap')));
    assert.ok((await top('notes')) > (await top('heatmap')));
    await panel.show(makeView());
    assert.equal(await panel.page.locator('#warnings').isVisible(), false);
    assert.equal(await panel.page.locator('#notes').isVisible(), false);
  });

  it('offer to fix what a setting mends, and nothing else', async () => {
    const findings = [
      { code: 'no-real-position', severity: 'warning', sentence: 'No position reads a real step alone.' },
      { code: 'not-standardised', severity: 'warning', sentence: 'Nothing is standardised.' },
      { code: 'padded-by-default', severity: 'info', sentence: 'No pad step is set.' },
    ] as const;
    await panel.show(makeView({ change: { findings } }));
    await panel.page.locator('#unfold-warnings').click();
    assert.equal(await panel.page.getByRole('button', { name: 'Fix…' }).count(), 2);
    await panel.sent();
    await panel.page.locator('#warnings [data-code="not-standardised"] .fix').click();
    await panel.page.locator('#notes .fix').click();
    assert.deepEqual(
      await panel.sent(),
      (['standardise', 'pad'] as const).map((topic) => ({ kind: 'reading', act: { do: 'change', topic } })),
    );
    await panel.page.locator('#unfold-warnings').click();
    await panel.show(makeView());
  });

  it('show what steers text as escapes, in text, labels and titles', async () => {
    const steering = '\u202Egnp.exe\u0007\u200b';
    const { explanation, ...view } = makeView({ features: [steering, 'b', 'c'] });
    await panel.show({
      ...view,
      dataName: steering,
      explanation: {
        ...explanation,
        instance: { ...explanation.instance, id: steering },
        prediction: { ...explanation.prediction, classes: [steering, 'run'] },
        target: { index: 0, name: steering },
      },
    });
    assert.equal(await panel.text('#instance'), '\\u202egnp.exe\\u0007\\u200b');
    const page = await panel.page.locator('main').evaluate((main) => main.outerHTML);
    // The values of lists go back to the host, which knows the name as it is.
    assert.doesNotMatch(page.replaceAll(/ value="[^"]*"/g, ''), /[\u202e\u200b]/);
  });

  it('take names from files as text, whatever they contain', async () => {
    const { explanation, ...view } = makeView({ features: [trap, `${trap}2`, 'x'.repeat(300)] });
    await panel.show({
      ...view,
      modelName: trap,
      dataName: trap,
      explanation: {
        ...explanation,
        instance: { ...explanation.instance, id: trap, label: trap },
        prediction: { ...explanation.prediction, classes: [trap, 'run'] },
        target: { index: 0, name: trap },
        layer: { ...explanation.layer, name: trap },
        padding: { ...explanation.padding, origin: trap },
        findings: [{ code: trap, severity: 'warning', sentence: trap }],
      },
    });
    await panel.receive({
      kind: 'refused',
      sentence: trap,
      canRetry: true,
      actions: [{ label: trap, command: 'truncate' }],
    });
    assert.equal(await panel.text('#instance'), trap);
    assert.equal(await panel.text('#refusal'), trap);
    await panel.page.locator('#table-view').check();
    assert.equal(await panel.page.locator('main :is(img, b b, script)').count(), 0);
    assert.equal(await panel.page.evaluate(() => 'trapped' in window), false);
  });
});
