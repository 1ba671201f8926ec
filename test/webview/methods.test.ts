import assert from 'node:assert/strict';
import type { Explanation } from '../../src/attribution/explanation.ts';
import { madeHow } from '../unit/attribution/madeHow.ts';
import { PanelPage } from './harness/panelPage.ts';
import { makeView } from './harness/views.ts';

describe('Methods on the page', () => {
  let panel: PanelPage;
  beforeEach(async () => {
    panel = await PanelPage.open();
    await panel.show(makeView());
    await panel.sent();
  });
  afterEach(() => panel.close());

  const integrated: Partial<Explanation> = {
    how: madeHow({
      method: 'integrated-gradients',
      options: { baseline: { kind: 'zero' }, samples: 50 },
      layer: 'input',
      relu: false,
    }),
    layer: { ...makeView().explanation.layer, name: 'input', kind: 'Input' },
  };

  it('stand in two groups, long ones marked', async () => {
    const groups = await panel.page
      .locator('#method optgroup')
      .evaluateAll((all) =>
        (all as unknown as { label: string; children: { length: number } }[]).map((each) => [
          each.label,
          each.children.length,
        ]),
      );
    assert.deepEqual(groups, [
      ['at a layer', 8],
      ['at the input', 6],
    ]);
    const texts = await panel.page.locator('#method option').allInnerTexts();
    assert.ok(texts.includes('Ablation-CAM · many runs') && texts.includes('Grad-CAM++'));
    await panel.page.locator('#method').selectOption('integrated-gradients');
    assert.deepEqual(await panel.sent(), [
      { kind: 'choose', choice: { what: 'method', method: 'integrated-gradients' } },
    ]);
  });

  it('say under the map how they work, with which options, and above it what to beware of', async () => {
    await panel.show(makeView({ change: integrated }));
    assert.match(await panel.text('#map-title'), /^Integrated gradients at the input for walk/);
    assert.match(await panel.text('#map-title'), /zero padding by construction.*NOT evidence/);
    const note = await panel.text('#method-note');
    assert.match(note, /∫₀¹ ∂y\/∂x/);
    assert.match(note, /Sundararajan et al\. 2017 · baseline zero · 50 samples/);
    assert.equal(await panel.text('#method-options .chip-value'), 'baseline zero · 50 samples');
    await panel.page.locator('#method-options').click();
    assert.deepEqual(await panel.sent(), [{ kind: 'run', command: 'pickMethodOptions' }]);
    await panel.show(makeView());
    assert.equal(await panel.page.locator('#method-options').isVisible(), false, 'Grad-CAM has none');
  });

  it('have only the switches that mean something', async () => {
    const disabled = async () => [
      await panel.page.locator('#relu').isDisabled(),
      await panel.page.locator('#masked-alpha').isDisabled(),
    ];
    assert.deepEqual(await disabled(), [false, false]);
    await panel.show(makeView({ change: integrated }));
    assert.deepEqual(await disabled(), [true, false]);
    assert.match(
      (await panel.page.locator('.toggle:has(#masked-alpha)').getAttribute('title'))!,
      /path moves real steps only/,
    );
    await panel.show(
      makeView({
        change: { ...integrated, how: madeHow({ method: 'saliency', layer: 'input', relu: false }) },
      }),
    );
    assert.deepEqual(await disabled(), [true, true]);
  });

  it('leave out what needs a gradient where there is none, and say why', async () => {
    const { methods } = makeView();
    const left = methods.filter(({ needsGradient }) => !needsGradient);
    const leftOut = '9 methods are left out for want of a gradient. No rule for LSTM.';
    await panel.show(makeView({ view: { methods: left, leftOut }, how: { method: 'occlusion' } }));
    assert.equal(await panel.page.locator('#method option').count(), 5);
    assert.match((await panel.page.locator('#method').getAttribute('title'))!, /want of a gradient/);
  });

  it('set a class against another, the runner-up, or itself turned round', async () => {
    const against = panel.page.locator('#against');
    assert.deepEqual(await against.locator('option').allInnerTexts(), [
      'nothing: walk alone',
      'the most probable of the others',
      'walk − run · 0.03',
      'what speaks against walk',
    ]);
    for (const value of ['1', 'runner-up', 'negative', '']) await against.selectOption(value);
    const choices = (await panel.sent()).map((message) => message.kind === 'choose' && message.choice);
    assert.deepEqual(
      choices,
      [1, 'runner-up', 'negative', null].map((each) => ({ what: 'against', against: each })),
    );
    const contrast = { index: 0, name: 'walk', against: { index: 1, name: 'run' } };
    await panel.show(makeView({ change: { target: contrast }, view: { chosenAgainst: 1 } }));
    assert.match(await panel.text('#map-title'), /Grad-CAM of conv2dblock for walk − run/);
    assert.equal(await against.inputValue(), '1');
    const turned = { index: 0, name: 'walk', negative: true };
    await panel.show(makeView({ change: { target: turned }, view: { chosenAgainst: 'negative' } }));
    assert.match(await panel.text('#map-title'), /against walk/);
  });
});
