import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkTargets } from '../../../src/cli/checkTargets.ts';
import { createEngine } from '../../../src/engine/service.ts';
import { refusal } from '../refusal.ts';

describe('a file that is written', () => {
  const folder = mkdtempSync(join(tmpdir(), 'attribution-targets-'));
  const engine = createEngine();
  after(async () => {
    await engine.dispose();
    rmSync(folder, { recursive: true, force: true });
  });
  const put = (name: string) => {
    writeFileSync(join(folder, name), 'a,b\n1,2\n');
    return join(folder, name);
  };

  it('is none of those that are read without being named: in a folder, by a pattern, labels of an array', async () => {
    mkdirSync(join(folder, 'set'));
    const [series, labels] = [put('set/walk_1.csv'), put('set/labels.csv')];
    const [x, y] = [put('X_test.npy'), put('y_test.npy')];
    const asked = (data: string, out: string) => checkTargets({ data, out }, engine);
    const isRead = refusal('output-is-input', /is read, so it is not overwritten/);
    const set = join(folder, 'set');
    for (const out of [series, labels]) await assert.rejects(asked(set, out), isRead);
    await assert.rejects(asked(join(set, 'walk_*.csv'), series), isRead);
    await assert.rejects(asked(x, y), isRead);
    const joins = refusal('output-in-data', /^new\.\w+ would be read as one of the data files of .* outside/);
    mkdirSync(join(set, 'deep'));
    for (const name of ['new.csv', 'deep/new.csv', 'new.npz'])
      await assert.rejects(asked(set, join(set, name)), joins);
    await assert.rejects(asked(join(folder, '**/new.*'), join(set, 'new.csv')), joins);
    symlinkSync(set, join(folder, 'link'), 'dir');
    await assert.rejects(asked(set, join(folder, 'link/new.csv')), joins);
    for (const name of ['new.json', 'deep/new.html', '.hidden.csv', '../new.csv'])
      await asked(set, join(set, name));
    await asked(join(set, 'walk_*.csv'), join(set, 'deep/new.csv'));
    await asked(join(folder, 'none/*.csv'), join(folder, 'none.csv'));
    const from = put('stats.csv');
    writeFileSync(
      join(folder, 'attribution.json'),
      '{ "preprocess": [{ "standardize": { "from": "stats.csv" } }] }',
    );
    await assert.rejects(asked(x, from), isRead);
    const model = put('other.onnx');
    const graph = { model, out: join(folder, 'graph.onnx'), data: set };
    for (const table of [model, series, join(folder, 'attribution.json')])
      await assert.rejects(checkTargets({ ...graph, series: table }, engine), isRead);
    const twice = checkTargets({ ...graph, series: graph.out }, engine);
    await assert.rejects(twice, refusal('output-twice', /^OUT and --series both name graph\.onnx/));
    await asked(x, put('y_train.npy'));
    await asked(join(set, 'walk_*.csv'), put('set/map.csv'));
  });
});
