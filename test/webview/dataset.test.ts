import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import type { Overview } from '../../src/overview/overview.ts';
import { overviewOf, overviewView, twoClasses } from './harness/overviews.ts';
import { PanelPage } from './harness/panelPage.ts';
import { Picture } from './harness/picture.ts';
import { makeView } from './harness/views.ts';

const pictures = new URL('../../out/screenshots/', import.meta.url).pathname;

describe('The Dataset view', () => {
  let overview: Overview;
  let panel: PanelPage;
  before(async () => {
    overview = await twoClasses();
    mkdirSync(pictures, { recursive: true });
  });
  beforeEach(async () => {
    panel = await PanelPage.open({ height: 1500 });
    await panel.show(makeView());
    await panel.sent();
  });
  afterEach(() => panel.close());

  async function bring(change = {}, made: Overview | null = overview): Promise<void> {
    await panel.receive({ kind: 'view', id: 'dataset', view: overviewView(made, change), front: true });
  }
  const choose = async (list: 'group' | 'alignment' | 'scale', label: RegExp | string) => {
    const option = panel.page.locator(`#dataset-${list} option`, { hasText: label }).first();
    await panel.page.locator(`#dataset-${list}`).selectOption((await option.getAttribute('value'))!);
    await panel.settle();
  };
  const field = (name: string) => panel.text(`[data-mean="${name}"]`);
  const mean = () => panel.page.locator('#dataset-mean-map');

  it('offers to begin where nothing has been added up', async () => {
    await bring({ made: false }, null);
    assert.match(await panel.text('#dataset-words'), /Nothing has been added up yet/);
    assert.equal(await panel.page.locator('#dataset-body').isVisible(), false);
    assert.equal(await panel.page.locator('#export-dataset').count(), 0);
    assert.equal(await panel.text('#explain-all'), 'Explain All 48 Instances');
    await panel.page.locator('#explain-all').click();
    assert.deepEqual(await panel.sent(), [{ kind: 'run', command: 'explainWholeFile' }]);
  });

  it('shows how far it is and can be cancelled; a refusal is a sentence', async () => {
    await bring({ made: false, activity: { kind: 'busy', what: 'Explaining (32 of 60)', share: 0.5 } }, null);
    assert.equal(await panel.text('#dataset-busy'), 'Explaining (32 of 60) · 50 %');
    await panel.page.locator('#cancel-dataset').click();
    assert.deepEqual(await panel.sent(), [{ kind: 'run', command: 'cancelDataset' }]);
    await bring({ made: false, activity: { kind: 'refused', sentence: 'Instance 7 is too long.' } }, null);
    assert.equal(await panel.text('#dataset-refusal'), 'Instance 7 is too long.');
  });

  it('marks what is out of date, and offers to run again and to export', async () => {
    await bring({ outdated: true });
    assert.match(await panel.text('#dataset-words'), /out of date: picks, model, mask or data have changed/);
    await panel.page.locator('#explain-all').click();
    await panel.page.locator('#export-dataset').click();
    assert.deepEqual(await panel.sent(), [
      { kind: 'run', command: 'explainWholeFile' },
      { kind: 'run', command: 'exportDataset' },
    ]);
  });

  it('reads the mean map out where the keys walk, with error and number of instances', async () => {
    await bring();
    await choose('group', 'labelled walk');
    await mean().focus();
    for (let row = 0; row < 3; row++) await panel.page.keyboard.press('ArrowDown');
    await panel.page.keyboard.press('End');
    assert.equal(await field('feature'), 'sensor_3');
    const group = overview.groups.find(({ by, name }) => by === 'label' && name === 'walk')!;
    const { n, columns } = group.maps.start.normalised;
    assert.equal(await field('position'), `step ${columns - 1}`);
    assert.equal(await field('instances'), `${n.at(-1)} (few)`);
    await panel.page.keyboard.press('Home');
    assert.equal(await field('instances'), '24');
    assert.equal(
      await panel.page.locator('#dataset-spoken').textContent(),
      `feature sensor_3, position step 0, mean ${await field('mean')}, standard error ${await field('standard error')}, instances 24`,
    );
  });

  it('is aligned by start, end and relative time: the hill stands where it belongs', async () => {
    await bring();
    await choose('group', 'labelled run');
    /** Column of the highest value of the feature's row, as the numbers say. */
    const peak = (alignment: 'start' | 'end' | 'relative') => {
      const group = overview.groups.find(({ by, name }) => by === 'label' && name === 'run')!;
      const { columns, mean: values, n } = group.maps[alignment].normalised;
      const row = [...values.subarray(7 * columns, 8 * columns)].map((v, c) => (n[c]! < 5 ? 0 : v));
      return { column: row.indexOf(Math.max(...row)), columns };
    };
    await choose('alignment', 'end');
    assert.match(await panel.text('#dataset-mean-words'), /^Steps counted back from the last real step/);
    // Six steps before the end of every run, whatever its length: length − 6 is position −5.
    assert.equal(peak('end').columns - 1 - peak('end').column, 5);
    await mean().focus();
    await panel.page.keyboard.press('End');
    assert.equal(await field('position'), 'step 0');
    assert.equal(await field('instances'), '24');
    await choose('alignment', 'relative time');
    await mean().focus();
    await panel.page.keyboard.press('Home');
    assert.equal(await field('position'), '0–2 %');
    assert.match(await panel.text('#dataset-mean-words'), /Every column rests on 5 instances or more\.$/);
  });

  it('draws the map, its profile and the number of instances, and hatches thin columns', async () => {
    await bring();
    await choose('group', 'labelled walk');
    for (const id of ['dataset-profile', 'dataset-support', 'dataset-mean-map']) {
      const picture = Picture.read(await panel.page.locator(`#${id}`).screenshot());
      const colours = new Set(
        picture.box(0, 0, picture.width, picture.height).map(([r, g, b]) => (r << 16) | (g << 8) | b),
      );
      assert.ok(colours.size > 8, `${id}: ${colours.size} colours`);
    }
    assert.match(
      await panel.text('#dataset-mean-words'),
      /\d+ columns rest on fewer than 5 instances: hatched/,
    );
    for (const alignment of ['start', 'end', 'relative time']) {
      await choose('alignment', alignment);
      const picture = Picture.read(await mean().screenshot());
      const { width, height } = picture;
      let ink = 0;
      for (let x = 0; x < width; x++)
        for (let y = height - 16; y < height; y++) if (picture.at(x, y)[0] > 100) ink++;
      assert.ok(ink > 60, `the axis of ${alignment} has labels: ${ink} light pixels`);
    }
    const hatched = await panel.page.locator('#dataset-mean-map').screenshot();
    await choose('alignment', 'start');
    assert.notDeepEqual(await panel.page.locator('#dataset-mean-map').screenshot(), hatched);
  });

  it('zooms by wheel and keys, all plots at once', async () => {
    await bring();
    await mean().focus();
    await panel.page.keyboard.press('+');
    await panel.settle();
    const zoom = await panel.page.locator('.mean-stage').getAttribute('data-zoom');
    assert.notEqual(zoom, '0-60');
    await panel.page.keyboard.press('0');
    await panel.settle();
    assert.equal(await panel.page.locator('.mean-stage').getAttribute('data-zoom'), '0-60');
  });

  it('ranks features by bars with intervals, in numbers too', async () => {
    await bring();
    await choose('group', 'predicted as run');
    assert.match(
      await panel.text('#dataset-ranking > p'),
      /^Share of \|map\| on real steps, the mean over 23 instances; an even share would be 8\.3 %\. Whiskers: 95 %/,
    );
    await panel.page.locator('#dataset-ranking summary').press('Enter');
    const [feature, share, interval, rank] = await panel.page
      .locator('#ranking-numbers tbody tr')
      .first()
      .locator('td')
      .allInnerTexts();
    assert.deepEqual([feature, rank], ['sensor_7', '1']);
    assert.match(`${share} in ${interval}`, /^[\d.]+ % in [\d.]+ % to [\d.]+ %$/);
    await choose('scale', 'raw values');
    assert.match(await panel.text('#dataset-ranking > p'), /^Mean \|map\| over real steps/);
  });

  it('lists what stands out with its reasons; Enter opens its map', async () => {
    await bring();
    assert.match(
      await panel.text('#dataset-outliers > p'),
      /^2 of 48 instances: 2 far from their class, 1 misclassified\. Choose one/,
    );
    const items = await panel.page.locator('#outliers li').allInnerTexts();
    assert.match(items[0]!, /^run_0030 .*Labelled run, predicted walk \(p 0\.90\)\./);
    assert.match(
      items[1]!,
      /^walk_0005 Its map correlates −?0\.\d\d with the mean map of the 24 others predicted as walk/,
    );
    await panel.page.locator('#outliers button', { hasText: 'walk_0005' }).press('Enter');
    assert.deepEqual(await panel.sent(), [{ kind: 'choose', choice: { what: 'instance', index: 5 } }]);
    assert.equal(await panel.page.locator('#view-map').isVisible(), true);
  });

  it('puts the classes side by side; choosing one shows it', async () => {
    await bring();
    const rows = await panel.page.locator('#group-numbers tbody tr').allInnerTexts();
    assert.equal(rows.length, 5);
    assert.match(rows[1]!, /walk\s+label\s+24\s+24 of 24\s+30 \/ [\d.]+ \/ 60\s+\d+ % \[.*sensor_3 [\d.]+ %/);
    await panel.page.locator('#group-numbers button', { hasText: 'run' }).first().press('Enter');
    await panel.settle();
    assert.equal(await panel.page.locator('#dataset-group option:checked').innerText(), 'labelled run · 24');
    assert.equal(await panel.page.evaluate(() => document.activeElement?.id), 'dataset-group');
  });

  it('gives every column in numbers', async () => {
    await bring();
    await choose('alignment', 'relative time');
    await panel.page.locator('#column-details summary').press('Enter');
    const rows = panel.page.locator('#column-numbers tbody tr');
    await rows.first().waitFor();
    assert.equal(await rows.count(), 50);
    assert.match(
      await rows.first().innerText(),
      /^0–2 %\s+48\s+[\d.e−]+ ± [\d.e−]+\s+sensor_\d+: [\d.]+ ± [\d.]+/,
    );
  });

  it('of a time map of one instance says what cannot be told, and shows no NaN', async () => {
    const one = await overviewOf(
      [{ id: '<img src=x onerror="window.trapped=1">', map: [[0, 1, 2, 1]] }],
      null,
    );
    await bring({ instances: 1 }, one);
    assert.match(await panel.text('#dataset-ranking'), /time map only, so features cannot be ranked/);
    assert.match(await panel.text('#dataset-outliers'), /takes at least 10 maps/);
    await panel.page.locator('#column-details summary').click();
    await mean().focus();
    await panel.page.keyboard.press('ArrowRight');
    assert.deepEqual([await field('feature'), await field('standard error')], ['all', '–']);
    assert.equal(await field('instances'), '1 (few)');
    assert.doesNotMatch(await panel.text('#view-dataset'), /NaN|undefined|Infinity|\[object|null/);
    assert.equal(await panel.page.evaluate(() => 'trapped' in window), false);
  });

  it('shows the same after the page has been away', async () => {
    await bring();
    await choose('group', 'labelled run');
    await choose('alignment', 'end');
    await choose('scale', 'raw values');
    await panel.page.reload();
    await panel.useTheme('dark');
    await panel.show(makeView());
    await bring();
    const chosen = await panel.page.locator('.dataset .chip-value').allInnerTexts();
    assert.deepEqual(chosen, ['labelled run · 24', 'end', 'raw values']);
  });

  for (const theme of ['dark', 'light', 'high-contrast'] as const) {
    it(`shows in ${theme} and in a narrow split`, async () => {
      await panel.useTheme(theme);
      await bring();
      await choose('group', 'labelled walk');
      await panel.settle();
      await panel.page.screenshot({ path: `${pictures}dataset-${theme}.png`, fullPage: true });
      await panel.page.setViewportSize({ width: 420, height: 1500 });
      await panel.settle();
      const overflow = await panel.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(overflow <= 0, `${overflow} px too wide`);
      await panel.page.screenshot({ path: `${pictures}dataset-${theme}-narrow.png`, fullPage: true });
    });
  }
});
