import assert from 'node:assert/strict';
import { PanelPage } from './harness/panelPage.ts';
import { makeView } from './harness/views.ts';

const features = ['hip', 'knee', 'ankle', 'toe'];
const value = (row: number, step: number) => (row === 1 && step === 5 ? -9 : (row * 200 + step) / 1000);

describe('The table', () => {
  let panel: PanelPage;
  beforeEach(async () => {
    panel = await PanelPage.open();
  });
  afterEach(() => panel.close());

  const rows = () =>
    panel.page
      .locator('#numbers tbody tr')
      .evaluateAll((all) => all.map((row) => [...row.children].map((cell) => cell.textContent)));
  const heads = () => panel.page.locator('#numbers th').allInnerTexts();

  it('stands in place of the picture and lists the strongest cells first', async () => {
    await panel.show(makeView({ features, steps: 200, real: [0, 28], value, look: { table: true } }));
    assert.equal(await panel.page.locator('#heatmap').count(), 0);
    assert.deepEqual(await heads(), [
      'feature',
      'step',
      'value',
      'model input',
      'attribution',
      'rank',
      'zone',
      'line',
    ]);
    const [first, second] = await rows();
    assert.deepEqual([first![0], first![1], ...first!.slice(4)], ['knee', '5', '−9', '1', 'REAL', '7']);
    assert.deepEqual(second, ['toe', '199', 'padding', '0', '0.799', '2', 'EMPTY', '–']);
    assert.equal(await panel.text('#table-pages'), '1–100 of 500');
    await panel.page.getByRole('button', { name: 'Next page' }).click();
    assert.equal((await rows())[0]![5], '101');
  });

  it('lists every step, and every feature at one step', async () => {
    await panel.show(makeView({ features, steps: 200, real: [0, 28], value, look: { table: true } }));
    await panel.page.locator('#table-kind').selectOption('steps');
    assert.deepEqual(await heads(), ['step', 'mean attribution', 'zone', 'line']);
    assert.deepEqual((await rows())[3], ['3', '0.303', 'REAL', '5']);
    assert.equal(await panel.text('#table-pages'), '1–100 of 200');
    await panel.page.locator('#table-kind').selectOption('step');
    await panel.page.locator('#table-step').fill('5');
    await panel.page.locator('#table-step').press('Enter');
    const all = await rows();
    assert.deepEqual(
      all.map(([name]) => name),
      features,
    );
    assert.deepEqual(
      all.map((row) => row[4]),
      ['0.005', '−9', '0.405', '0.605'],
    );
  });

  it('shows the row in the file', async () => {
    await panel.show(makeView({ features, steps: 200, real: [0, 28], value, look: { table: true } }));
    await panel.sent();
    await panel.page.locator('#numbers button').first().click();
    assert.deepEqual(await panel.sent(), [{ kind: 'reveal', step: 5, feature: 1 }]);
  });

  it('of a time map has no features', async () => {
    await panel.show(
      makeView({
        features,
        steps: 20,
        rows: 1,
        real: [0, 8],
        value: (_, step) => step,
        look: { table: true },
      }),
    );
    assert.deepEqual(await heads(), ['step', 'attribution', 'rank', 'zone', 'line']);
    assert.deepEqual((await rows())[0], ['19', '19', '1', 'MIXED', '–']);
    assert.deepEqual(await panel.page.locator('#table-kind option').allInnerTexts(), [
      'strongest cells',
      'all steps in order',
    ]);
  });

  it('goes back to the picture, which is drawn then', async () => {
    await panel.show(makeView({ look: { table: true } }));
    await panel.page.locator('#table-view').uncheck();
    assert.ok((await panel.page.locator('#heatmap').boundingBox())!.height > 100);
    assert.equal(await panel.page.locator('#numbers').isVisible(), false);
  });
});
