import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../workbench/folders.ts';
import { explainEntry, Scene } from './scene.ts';

const walk = readFileSync(join(root, 'media/sample/data/walk_0007.csv'), 'utf8').trim().split('\n');
const cut = (line: string, cells: number) => line.split(',').slice(0, cells).join(',');

describe('Bad input', () => {
  let scene: Scene;

  before(async function () {
    this.timeout(180_000);
    // What a new window finds: files that come later are a matter of the watcher.
    scene = await Scene.open({
      files: {
        'data/few_columns.csv': walk.map((line) => cut(line, 8)).join('\n'),
        'data/ragged.csv': walk.map((line, index) => (index === 8 ? cut(line, 5) : line)).join('\n'),
        'data/empty.csv': '',
        'broken/model.onnx': 'this is no ONNX file',
        'broken/series.csv': walk.join('\n'),
        'broken/attribution.json': '{ "model": "model.onnx" }',
        'gait.ts':
          '# walks\n@problemName gait\n@timeStamps false\n@univariate false\n@classLabel true a b\n@data\n1,2:3,4:a\n',
        'code.ts': 'export const answer: number = 42;\n',
      },
    });
  });

  afterEach(async function () {
    await scene.pictureIfFailed(this.currentTest);
  });

  after(() => scene?.close());

  const cases = [
    { file: 'data/few_columns.csv', sentence: /right_ankle_acc_x|24 .*features/ },
    { file: 'data/ragged.csv', sentence: /\b(row|line) 9\b/i },
    { file: 'data/empty.csv', sentence: /empty|no rows|no data/i },
    { file: 'broken/series.csv', sentence: /model\.onnx/ },
  ];
  for (const { file, sentence } of cases) {
    it(`says in one sentence what is wrong with ${file}`, async () => {
      const { panel } = scene;
      await scene.refused(file, sentence);
      const said = await panel.text('refusal');
      assert.ok(!/\bat \S+ \(|undefined|\[object/.test(said), said);
      await scene.workbench.screenshot(`refused-${file.replace(/\W/g, '-')}`);
    });
  }

  it('leaves TypeScript files alone', async () => {
    const { workbench } = scene;
    await workbench.contextMenu(await workbench.reveal('code.ts'), 'Copy Relative Path');
    assert.equal(
      await workbench.page.locator('.monaco-menu .action-item', { hasText: explainEntry }).count(),
      0,
    );
    await workbench.page.keyboard.press('Escape');
    await (await workbench.reveal('code.ts')).dblclick();
    await workbench.editor.line('answer').waitFor();
    await workbench.command('Attribution: Explain File');
    await workbench.notification(/TypeScript/).waitFor({ timeout: 15_000 });
  });

  it('offers itself for the .ts files of time series archives', async () => {
    await scene.refused('gait.ts', /features/);
    await scene.workbench.tab('gait.ts').waitFor();
  });

  it('explains the next good file as if nothing had been', async () => {
    const { panel } = scene;
    await scene.explained('data/walk_0007.csv');
    await panel.says('prediction', /predicted walk/);
    assert.equal(await panel.refusal().isVisible(), false);
  });
});
