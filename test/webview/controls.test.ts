import assert from 'node:assert/strict';
import type { PanelLook } from '../../src/views/panel/contract.ts';
import { PanelPage } from './harness/panelPage.ts';
import { makeView, plainLook } from './harness/views.ts';

describe('The controls', () => {
  let panel: PanelPage;
  beforeEach(async () => {
    panel = await PanelPage.open();
    await panel.show(makeView());
    await panel.sent();
  });
  afterEach(() => panel.close());

  const looks = async (): Promise<PanelLook[]> =>
    (await panel.sent()).flatMap((message) => (message.kind === 'remember' ? [message.look] : []));

  it('list the layers with all that is known of them, the chip in short', async () => {
    const layer = panel.page.locator('#layer');
    assert.equal(await layer.inputValue(), 'conv2dblock');
    assert.deepEqual(await layer.locator('option').allInnerTexts(), [
      'conv2dblock · Conv 2-D + ReLU · 32 × 30 × 131 · reads 26 steps · first conv · 2-D block',
      'conv1dblock · Conv 1-D + ReLU · 32 × 131 · reads 26 steps · one-channel bottleneck follows',
      'conv1d · Conv 1-D + ReLU · 32 × 131 · reads 26 steps · last conv',
    ]);
    assert.match(await panel.text('.chip:has(#layer) .chip-value'), /^conv2dblock · first conv$/);
    await layer.selectOption('conv1d');
    assert.deepEqual(await panel.sent(), [{ kind: 'choose', choice: { what: 'layer', name: 'conv1d' } }]);
  });

  it('list a tensor that was asked for by name, too', async () => {
    const { explanation, ...view } = makeView();
    await panel.show({
      ...view,
      explanation: { ...explanation, layer: { ...explanation.layer, name: '/Relu_3' } },
    });
    assert.equal(await panel.page.locator('#layer').inputValue(), '/Relu_3');
  });

  it('follow the prediction or stay with a class', async () => {
    const target = panel.page.locator('#class');
    assert.deepEqual(await target.locator('option').allInnerTexts(), [
      'walk (predicted)',
      'walk · 0.97',
      'run · 0.03',
    ]);
    await target.selectOption('1');
    await target.selectOption('');
    assert.deepEqual(await panel.sent(), [
      { kind: 'choose', choice: { what: 'class', index: 1 } },
      { kind: 'choose', choice: { what: 'class', index: null } },
    ]);
    await panel.show(makeView({ view: { chosenClass: 1 } }));
    assert.equal(await target.inputValue(), '1');
  });

  it('choose method, ReLU, real steps only and the masked model; HiResCAM sums nothing over positions', async () => {
    await panel.page.locator('#method').selectOption('hirescam');
    await panel.page.locator('#relu').uncheck();
    await panel.page.locator('#masked-alpha').check();
    await panel.page.locator('#masked-model').check();
    assert.deepEqual(await panel.sent(), [
      { kind: 'choose', choice: { what: 'method', method: 'hirescam' } },
      { kind: 'choose', choice: { what: 'relu', on: false } },
      { kind: 'choose', choice: { what: 'maskedAlpha', on: true } },
      { kind: 'choose', choice: { what: 'maskedModel', on: true } },
    ]);
    await panel.show(makeView({ how: { method: 'hirescam' } }));
    assert.ok(await panel.page.locator('#masked-alpha').isDisabled());
  });

  it('open the editor’s own pickers for model, mask and instance', async () => {
    for (const id of ['model', 'mask', 'position']) await panel.page.locator(`#${id}`).click();
    const commands = (await panel.sent()).map((message) => message.kind === 'run' && message.command);
    assert.deepEqual(commands, ['chooseModel', 'pickMask', 'pickInstance']);
  });

  it('step through the instances and stop at the ends', async () => {
    for (const id of ['next', 'next', 'previous']) await panel.page.locator(`#${id}`).click();
    const asked = (await panel.sent()).map((one) => one.kind === 'choose' && one.choice);
    // The host counts from what was asked for: what is shown may be many presses behind.
    assert.deepEqual(
      asked,
      ['next', 'next', 'previous'].map((to) => ({ what: 'step', to })),
    );
    const { explanation, ...view } = makeView();
    await panel.show({
      ...view,
      explanation: { ...explanation, instance: { ...explanation.instance, index: 59 } },
    });
    assert.ok(await panel.page.locator('#next').isDisabled());
    assert.ok(await panel.page.locator('#previous').isEnabled());
  });

  it('have the look remembered, and show the one that was', async () => {
    await panel.page.locator('#hide-padding').check();
    await panel.page.locator('#range-without-padding').check();
    assert.deepEqual(await looks(), [
      { ...plainLook, hidePadding: true },
      { ...plainLook, hidePadding: true, rangeWithoutPadding: true },
    ]);
    await panel.show(makeView({ look: { hidePadding: true, zoom: [10, 60] } }));
    assert.ok(await panel.page.locator('#hide-padding').isChecked());
    assert.equal(await panel.page.locator('#range-without-padding').isChecked(), false);
    assert.equal(await panel.body('zoom'), '10-60');
  });

  it('choose the features drawn as lines, at most six, never none', async () => {
    const names = () => panel.page.locator('.signal-name .chip-value').allInnerTexts();
    assert.deepEqual(await names(), ['f02', 'f11', 'f12']);
    await panel.page.locator('#add-signal').selectOption('f29');
    assert.deepEqual(await names(), ['f02', 'f11', 'f12', 'f29']);
    await panel.page.getByRole('button', { name: 'Remove f11' }).click();
    assert.deepEqual(await names(), ['f02', 'f12', 'f29']);
    assert.deepEqual((await looks()).at(-1)?.signals, ['f02', 'f12', 'f29']);
    await panel.page.locator('#strongest').click();
    assert.deepEqual(await names(), ['f02', 'f11', 'f12']);
    for (const name of ['f00', 'f01', 'f03']) await panel.page.locator('#add-signal').selectOption(name);
    assert.equal(await panel.page.locator('#add-signal').isVisible(), false);
    for (const name of (await names()).slice(1))
      await panel.page.getByRole('button', { name: `Remove ${name}` }).click();
    assert.equal(await panel.page.getByRole('button', { name: /^Remove/ }).count(), 0);
  });
});
