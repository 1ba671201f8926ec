import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../workbench/folders.ts';
import { Scene } from './scene.ts';
import { sampleData } from './workspace.ts';

const fixture = (name: string) => readFileSync(join(root, 'test/fixtures/reading', name));
const walk = readFileSync(join(root, 'media/sample/data/walk_0007.csv'), 'utf8').trim().split('\n');

/** A folder with a class of three in each of its folders; the same classes by the model's own answers in one table. */
function labelled(): Record<string, string> {
  const files: Record<string, string> = {};
  for (let index = 0; index < 9; index++) {
    const kind = ['walk', 'run', 'climb'][index % 3]!;
    files[`orders/set/${kind}/r${index}.csv`] =
      `time,a,b,c\n${rows(60, (at) => `${(at / 50).toFixed(2)},${cells(at + 61 * index)}`)}\n`;
  }
  return files;
}

/** Series whose model knows the classes in an order that is none of the usual ones. */
function renamed(names: Readonly<Record<string, string>>): string {
  return fixture('header_order.ts')
    .toString()
    .replace(/\b(climb|run|stand|walk)\b/g, (name) => names[name]!);
}

const rows = (count: number, line: (at: number) => string) =>
  Array.from({ length: count }, (_, at) => line(at)).join('\n');
const cells = (at: number) => [3, 5, 7].map((step) => Math.sin((at * step) / 9 + step).toFixed(3)).join();

/** One of every kind of fault that a table can have, and what is said of it. */
const badFiles = {
  'bad/ragged.csv': `time,a,b,c\n${rows(60, (at) => (at === 7 ? `${at},1` : `${at},${cells(at)}`))}\n`,
  'bad/missing.csv': `time,a,b,c\n${rows(60, (at) => (at === 9 ? `${at},1,,2` : `${at},${cells(at)}`))}\n`,
  'bad/unsorted.csv': `time,a,b,c\n${rows(60, (at) => `${(at * 29) % 60},${cells(at)}`)}\n`,
  'bad/few.csv': `time,a,b\n${rows(60, (at) => `${at},${cells(at).split(',').slice(1).join()}`)}\n`,
  'bad/twice.csv': `time,a,a,c\n${rows(60, (at) => `${at},${cells(at)}`)}\n`,
  'bad/short_names.csv': `time,a,b\n${rows(60, (at) => `${at},${cells(at)}`)}\n`,
  'bad/commas.csv': `a,b\n${rows(60, (at) => `${at % 7},${(at * 37) % 101},${at % 5},${(at * 53) % 97}`)}\n`,
  'bad/login.csv': '<!DOCTYPE html>\n<html><body>Log in</body></html>\n',
  'bad/long.csv': `time,a,b,c\n${rows(75, (at) => `${at},${cells(at)}`)}\n`,
};
const refusals: readonly { file: string; says: RegExp; marked: boolean; inFile?: boolean }[] = [
  { file: 'ragged.csv', says: /line 9: 4 cells expected, 2 found/, marked: true, inFile: true },
  { file: 'missing.csv', says: /line 11, column "b": the cell is blank/, marked: true },
  { file: 'unsorted.csv', says: /line 5, column "time": time goes back/, marked: true },
  { file: 'few.csv', says: /takes 3 features, the data has 2/, marked: false },
  { file: 'twice.csv', says: /both named "a"/, marked: true },
  {
    file: 'short_names.csv',
    says: /line 1: 3 names stand above rows of 4 cells/,
    marked: true,
    inFile: true,
  },
  {
    file: 'commas.csv',
    says: /2 names stand above rows of 4 whole numbers, .*decimal signs/,
    marked: true,
    inFile: true,
  },
  { file: 'login.csv', says: /is a web page, not a table/, marked: false, inFile: true },
  { file: 'long.csv', says: /75 steps, more than the 60/, marked: false },
];

describe('How a file is read', () => {
  let scene: Scene;
  let untouched: string | undefined;
  const project = (folder: string) => join(scene.workspace, folder, 'attribution.json');
  const said = (folder: string) => readFileSync(project(folder), 'utf8');

  before(async function () {
    this.timeout(180_000);
    scene = await Scene.shared({
      'asked/gestures.csv': fixture('file_gesture.csv'),
      'asked/model.onnx': fixture('f3_free_c4.onnx'),
      'asked/attribution.json': '{\n  // ours\n  "model": "model.onnx"\n}\n',
      'data/read.csv': sampleData('walk_0007.csv'),
      ...labelled(),
      'orders/model.onnx': fixture('f3_t60.onnx'),
      'orders/attribution.json': '{ "model": "model.onnx" }',
      'best/series_TEST.ts': renamed({ climb: 'm', run: 'z', stand: 'a', walk: 'q' }),
      'best/model.onnx': fixture('knows_header_order.onnx'),
      'best/attribution.json': '{ "model": "model.onnx", "input": "NFT" }',
      'columns/signals.csv': `s1,s2,s3,s4\n${rows(100, (at) => `${cells(at)},${cells(at + 40).split(',')[0]}`)}\n`,
      'columns/model.onnx': fixture('f1_t100.onnx'),
      'columns/attribution.json': '{ "model": "model.onnx" }',
      'bad/model.onnx': fixture('f3_t60.onnx'),
      'bad/attribution.json': '{ "model": "model.onnx" }',
      ...badFiles,
      'data/bad_cell.csv': walk
        .map((line, at) => (at === 8 ? line.replace(/(,[^,]*),[^,]*/, '$1,oops') : line))
        .join('\n'),
    });
  });
  afterEach(async function () {
    await scene.pictureIfFailed(this.currentTest);
  });
  after(() => scene?.close());

  it('is asked with a preview of each reading, and the choice is remembered and taken back', async () => {
    const { panel, workbench } = scene;
    await scene.explain('asked/gestures.csv');
    const ways = panel.frame.locator('.reading-way');
    await ways.filter({ hasText: '6 instances × 60 steps' }).waitFor({ timeout: 30_000 });
    await ways.filter({ hasText: '1 instance × 360 steps' }).waitFor({ timeout: 30_000 });
    await workbench.screenshot('reading-asked');
    await ways.filter({ hasText: '6 instances' }).locator('button').click();
    await panel.drawn(30_000, 'gestures.csv');
    assert.match(said('asked'), /\/\/ ours[\s\S]*"data": \{\s*"case": "file"\s*\}/);
    await panel.frame.locator('#reading-words', { hasText: '6 instances × 60 steps' }).waitFor();
    await workbench.screenshot('reading-chosen');
    await panel.frame.locator('#undo-reading').click();
    await ways.first().waitFor({ timeout: 30_000 });
    assert.doesNotMatch(said('asked'), /"data"/);
  });

  it('is one line under the map, and a change shows what it gives before it is written', async () => {
    const { panel, workbench } = scene;
    await scene.explained('data/read.csv');
    await panel.frame.locator('#tab-map').click();
    await panel.frame.locator('#reading-line', { hasText: 'Read as 1 instance' }).waitFor();
    const before = await panel.canvas('heatmap');
    const written = readFileSync(join(scene.workspace, 'attribution.json'), 'utf8');
    await panel.frame.locator('#open-reading').click();
    await panel.frame.locator('#change-standardise').click();
    const { quickPick } = workbench;
    await quickPick.opened();
    await quickPick.item(/p\(\w+\) [\d.]+ → p\(\w+\)/).waitFor({ timeout: 30_000 });
    await workbench.screenshot('reading-change');
    assert.equal(readFileSync(join(scene.workspace, 'attribution.json'), 'utf8'), written);
    await quickPick.choose(/Not at all/);
    await panel.frame.locator('.reading-written', { hasText: 'preprocess' }).waitFor({ timeout: 20_000 });
    await panel.says('reading-standardise', /nothing is standardised/);
    await panel.frame.locator('#tab-map').click();
    await panel.redrawn(before);
    await panel.frame.locator('#fix-not-standardised').click();
    await quickPick
      .item(/Each instance by itself[\s\S]*p\(\w+\) [\d.]+ → p\(\w+\)/)
      .waitFor({ timeout: 30_000 });
    await workbench.screenshot('reading-fix');
    await quickPick.escape();
    await panel.frame.locator('#open-reading').click();
    await panel.frame.locator('#undo-reading').click();
    await panel.says('reading-standardise', /by mean and deviation/);
    assert.equal(readFileSync(join(scene.workspace, 'attribution.json'), 'utf8'), written);
  });

  it('is changed by one kind of list: windows, and columns by a list behind the list', async () => {
    const { panel, workbench } = scene;
    const { quickPick } = workbench;
    const settings = join(scene.workspace, 'attribution.json');
    const written = untouched ?? readFileSync(settings, 'utf8');
    if (untouched !== undefined) {
      // Tried again: what the first try left goes before.
      await workbench.page.keyboard.press('Escape');
      writeFileSync(settings, written);
      await panel.says('reading-split', /all rows are one instance/);
    }
    untouched = written;
    await panel.frame.locator('#change-split').click();
    await quickPick.opened();
    await quickPick
      .item(/half over the one before[\s\S]*p\(\w+\) [\d.]+ → p\(\w+\)/)
      .waitFor({ timeout: 30_000 });
    await workbench.screenshot('reading-change-split');
    await quickPick.choose(/half over the one before/);
    await panel.frame.locator('.reading-written', { hasText: 'window' }).waitFor({ timeout: 20_000 });
    await panel.says('reading-split', /windows of \d+ steps/);
    await panel.frame.locator('#undo-reading').click();
    await panel.says('reading-split', /all rows are one instance/);
    await panel.frame.locator('#change-columns').click();
    await quickPick.opened();
    await quickPick.item(/feature · /).click();
    // Its means are 30 still, where attribution.json has them.
    await quickPick
      .item(/left aside[\s\S]*(takes \d+ features|p\(\w+\)|has 30 means, but "data\.features" lists 29)/)
      .waitFor({ timeout: 30_000 });
    await workbench.screenshot('reading-change-role');
    await quickPick.escape();
    assert.equal(readFileSync(join(scene.workspace, 'attribution.json'), 'utf8'), written);
  });

  it('is changed by a click on a row while the others are still being filled in: by that row', async () => {
    const { panel, workbench } = scene;
    const { quickPick } = workbench;
    const rows: readonly [string, RegExp, RegExp][] = [
      ['standardise', /Not at all/, /preprocess/],
      ['split', /half over the one before/, /window/],
      ['missing', /filled between their neighbours/, /missing/],
    ];
    await scene.explained('data/read.csv');
    await panel.frame.locator('#tab-map').click();
    await panel.frame.locator('#open-reading').click();
    for (const [topic, row, written] of rows) {
      await panel.frame.locator(`#change-${topic}`).click();
      await quickPick.opened();
      // Moves on to the row and waits for nothing: effects come one after the other meanwhile.
      await quickPick.item(row).click();
      await panel.frame.locator('.reading-written', { hasText: written }).waitFor({ timeout: 20_000 });
      await panel.frame.locator('#reading-taken', { hasText: row }).waitFor();
      await workbench.screenshot(`reading-clicked-${topic}`);
      await panel.frame.locator('#undo-reading').click();
      await panel.frame.locator('.reading-written').waitFor({ state: 'hidden', timeout: 20_000 });
    }
  });

  it('takes columns for series where that is chosen, and its list changes them back', async () => {
    const { panel, workbench } = scene;
    const { quickPick } = workbench;
    await scene.explain('columns/signals.csv');
    const ways = panel.frame.locator('.reading-way');
    const columns = ways.filter({ hasText: 'each column is a series of its own' });
    await columns.filter({ hasText: '4 instances × 100 steps' }).waitFor({ timeout: 30_000 });
    await workbench.screenshot('reading-columns-asked');
    await columns.locator('button').click();
    await panel.drawn(30_000, 'signals.csv');
    await panel.frame.locator('#reading-words', { hasText: '4 instances × 100 steps' }).waitFor();
    assert.match(said('columns'), /"layout": "columns"/);
    await panel.frame.locator('#change-layout').click();
    await quickPick.opened();
    await quickPick
      .item(/a row is an instance of one feature[\s\S]*100 × 4 steps/)
      .waitFor({ timeout: 30_000 });
    await workbench.screenshot('reading-columns-change');
    await quickPick.choose(/a row is an instance of one feature/);
    await panel.frame.locator('.reading-written', { hasText: 'wide' }).waitFor({ timeout: 20_000 });
    await panel.frame.locator('#undo-reading').click();
    await panel.frame.locator('#reading-words', { hasText: '4 instances × 100 steps' }).waitFor();
  });

  it('marks the cell that cannot be read, and says it once', async () => {
    const { panel, workbench } = scene;
    await workbench.dismissNotifications();
    await scene.refused('data/bad_cell.csv', /line 9, column .*"oops" is not a number/);
    await workbench.page.locator('.monaco-editor .squiggly-error').first().waitFor({ timeout: 20_000 });
    assert.equal(await workbench.notification('oops').count(), 0);
    await panel.frame.locator('[data-command="changeReading"]').click();
    await workbench.quickPick.item('Columns').waitFor({ timeout: 20_000 });
    await workbench.screenshot('reading-bad-cell');
    assert.equal(await workbench.quickPick.item('Array of the series').count(), 0);
    await workbench.quickPick.escape();
  });

  for (const { file, says, marked, inFile } of refusals) {
    it(`says once, in the panel, what is wrong with ${file}, with a way to fix it where a setting does`, async () => {
      const { panel, workbench } = scene;
      await workbench.dismissNotifications();
      await scene.explain(`bad/${file}`);
      await panel.says('refusal', says);
      // What only the file itself can mend has no setting to change.
      const fix = panel.frame.locator('[data-command="changeReading"]');
      if (inFile) assert.equal(await fix.count(), 0);
      else await fix.waitFor();
      const squiggle = workbench.page.locator('.monaco-editor .squiggly-error');
      if (marked) await squiggle.first().waitFor({ timeout: 20_000 });
      else assert.equal(await squiggle.count(), 0);
      assert.equal(await workbench.page.locator('.notification-toast').count(), 0);
      await workbench.screenshot(`reading-refused-${file.replace(/\W/g, '-')}`);
    });
  }

  it('opens a folder as one data set, the class from its folders', async () => {
    const { panel, workbench } = scene;
    await scene.explained('orders/set', 60_000);
    await panel.frame.locator('#tab-map').click();
    await panel.frame.locator('#open-reading').click();
    await panel.says('label', /labelled climb\s*none of the class names/);
    await panel.says('reading-label', /climb 3, run 3, walk 3/);
    await workbench.screenshot('reading-folder');
  });

  it('offers the order of the classes that fits the labels best, with what it gives, and takes it back', async () => {
    const { panel, workbench } = scene;
    const { quickPick } = workbench;
    await scene.explained('best/series_TEST.ts', 60_000);
    await panel.frame.locator('#tab-map').click();
    await panel.frame.locator('#open-reading').click();
    await panel.frame.locator('#change-classes').click();
    await quickPick.opened();
    const best = quickPick.item(/m, z, a, q[\s\S]*100 % of 8 labels agree/);
    await best.waitFor({ timeout: 60_000 });
    await workbench.screenshot('reading-classes');
    assert.doesNotMatch(said('best'), /classes/);
    await quickPick.choose(/fits the labels best/);
    await panel.frame.locator('.reading-written', { hasText: 'classes' }).waitFor({ timeout: 20_000 });
    assert.deepEqual(JSON.parse(said('best')).classes, ['m', 'z', 'a', 'q']);
    await panel.says('reading-classes', /0 m, 1 z, 2 a, 3 q/);
    await panel.frame.locator('#undo-reading').click();
    await panel.says('reading-classes', /0 a, 1 m, 2 q, 3 z/);
    assert.doesNotMatch(said('best'), /classes/);
  });
});
