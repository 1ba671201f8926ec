import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Engine } from '../../src/engine/contract.ts';
import type { FromGlance, ModelFile, SeriesFile, SeriesGlance } from '../../src/views/glance/contract.ts';
import { PanelPage } from './harness/panelPage.ts';
import type { ThemeName } from './harness/themes.ts';

declare const axe: { run(root: Document, options: object): Promise<{ violations: { id: string }[] }> };

const pictures = new URL('../../out/screenshots/', import.meta.url).pathname;
const engineService = '../../src/engine/service.ts' as string;
const fixture = (name: string) => join(import.meta.dirname, '..', 'fixtures', name);
const sampleModel = join(import.meta.dirname, '../../media/sample/models/xcm.onnx');

const hostile = '<img src=x onerror=alert(1)>\u202e](command:x)';

describe('The page of an editor that shows one file', () => {
  let file: SeriesFile;
  let series: SeriesGlance;
  let model: ModelFile;
  let page: PanelPage;

  before(async () => {
    mkdirSync(pictures, { recursive: true });
    // By a name the compiler does not follow: the page's tests would hold every type of the engine.
    const service: { createEngine(): Engine & { dispose(): Promise<void> } } = await import(engineService);
    const engine = service.createEngine();
    const data = fixture('reading/train_keys.npz');
    const { plan, facts, findings, instances } = await engine.data({ data });
    series = await engine.glance({ data, instance: 0 });
    file = { name: 'train_keys.npz', plan, facts, findings, instances: instances.length };
    model = { name: 'xcm.onnx', more: 0, ...(await engine.model({ model: sampleModel })) };
    await engine.dispose();
  });

  beforeEach(async () => {
    page = await PanelPage.open({ of: 'glance', width: 900, height: 700 });
  });

  afterEach(() => page.close());

  it('shows a line for each feature, its numbers, and how the file was read', async () => {
    assert.deepEqual(await page.sent<FromGlance>(), [{ kind: 'ready', at: { instance: 0, from: 0 } }]);
    await page.receive({ kind: 'file', file });
    const padded = { ...series, length: 30, real: 18, padding: [{ from: 18, to: 30 }] };
    await page.receive({ kind: 'series', index: 0, series: padded });
    assert.equal(await page.text('#file-name'), 'train_keys.npz');
    assert.equal(await page.page.locator('#lanes path').count(), series.lines.length);
    assert.match(await page.text('#instance-words'), /18 of 30 steps real/);
    assert.match(await page.text('#reading-words'), /instances ×/);
    assert.equal(await page.page.locator('[id^=change-]').count(), 0, 'nothing here changes the reading');
    const box = await page.page.locator('.lane-padding').first().boundingBox();
    const lane = await page.page.locator('.lane-box').first().boundingBox();
    assert.ok(Math.abs(box!.width / lane!.width - 12 / 30) < 0.01);
    await page.page.screenshot({ path: `${pictures}glance-series.png` });
  });

  it('breaks a line where there is no number, and draws a number alone as a dot', async () => {
    await page.receive({ kind: 'file', file });
    const points = Float64Array.of(0, 1, 1, Number.NaN, 2, 5, 3, Number.NaN, 4, 1, 5, 5);
    const [line] = series.lines;
    await page.receive({
      kind: 'series',
      index: 0,
      series: { ...series, label: undefined, measured: '0.5', length: 6, lines: [{ ...line!, points }] },
    });
    assert.match(await page.text('.reading-table caption'), / · value 0\.5 · /);
    const path = await page.page.locator('#lanes path').getAttribute('d');
    assert.equal(path, 'M0.5 94.0h0M2.5 6.0h0M4.5 94.0h0L5.5 6.0');
  });

  it('turns to other instances and features, by buttons, number and keys, and stands there when it comes back', async () => {
    await page.receive({ kind: 'file', file: { ...file, instances: 9 } });
    await page.receive({ kind: 'series', index: 4, series: { ...series, features: 60 } });
    await page.sent();
    await page.page.locator('#next').click();
    await page.page.locator('#instance').fill('9');
    await page.page.keyboard.press('Enter');
    await page.page.locator('#instance').fill('10');
    await page.page.keyboard.press('Enter');
    await page.page.keyboard.press('Alt+PageUp');
    await page.page.locator('#after').click();
    const from = series.lines.length;
    assert.deepEqual(
      (await page.sent<FromGlance>()).map((one) => one.kind === 'turn' && one.at),
      [5, 8, 3].map((instance) => ({ instance, from: 0 })).concat({ instance: 4, from }),
    );
    assert.equal(await page.page.locator('#instance').inputValue(), '5', 'there is no tenth');
    await page.page.reload();
    assert.deepEqual(await page.sent<FromGlance>(), [{ kind: 'ready', at: { instance: 4, from } }]);
  });

  it('lists layers with shapes and how far they read', async () => {
    await page.receive({ kind: 'model', model });
    assert.match(await page.text('#glance-words'), /30 features × 131 steps · 6 layers/);
    assert.match(await page.text('[data-layer="conv1d"]'), /128 × 131|conv1d/);
    assert.equal(await page.page.locator('#layers tr').count(), 1 + model.layers.length);
    await page.sent();
    await page.page.locator('[data-command=audit]').click();
    assert.deepEqual(await page.sent<FromGlance>(), [{ kind: 'run', command: 'audit' }]);
    await page.page.screenshot({ path: `${pictures}glance-layers.png` });
  });

  it('says why there is nothing, with what gets a person on, and shows hostile names as text', async () => {
    const actions = [{ label: 'Manage Trust', command: 'manageTrust' }] as const;
    await page.receive({ kind: 'refused', sentence: hostile, actions });
    assert.match(await page.text('#refusal'), /^<img src=x/);
    assert.ok(!(await page.text('#refusal')).includes('\u202e'));
    await page.receive({ kind: 'model', model: { ...model, name: hostile, classes: [hostile], more: 3 } });
    await page.receive({ kind: 'file', file: { ...file, name: hostile } });
    const lines = series.lines.map((line) => ({ ...line, name: hostile }));
    await page.receive({
      kind: 'series',
      index: 0,
      series: { ...series, id: hostile, label: hostile, lines },
    });
    assert.equal(await page.page.locator('img').count(), 0);
    assert.ok(await page.page.locator('.refused').isHidden());
  });

  for (const theme of ['dark', 'high-contrast', 'light', 'high-contrast-light'] satisfies ThemeName[]) {
    it(`has nothing that axe-core complains of in ${theme}`, async () => {
      await page.useTheme(theme);
      await page.page.evaluate(await readFile(createRequire(import.meta.url).resolve('axe-core'), 'utf8'));
      const judged = async () => {
        const { violations } = await page.page.evaluate(() =>
          axe.run(document, { resultTypes: ['violations'] }),
        );
        return violations.map(({ id }) => id);
      };
      await page.receive({ kind: 'file', file });
      await page.receive({ kind: 'series', index: 0, series });
      assert.deepEqual(await judged(), []);
      await page.page.screenshot({ path: `${pictures}glance-series-${theme}.png` });
      await page.receive({ kind: 'model', model });
      assert.deepEqual(await judged(), []);
      await page.page.screenshot({ path: `${pictures}glance-layers-${theme}.png` });
    });
  }
});
