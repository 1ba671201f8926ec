import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createEngine, type LocalEngine } from '../../../src/engine/service.ts';

const tiny = fileURLToPath(new URL('../../fixtures/tiny', import.meta.url));

describe('settings that lie with the model and not with the data', () => {
  let engine: LocalEngine;
  let folder: string;
  let data: string;
  let model: string;
  before(() => {
    engine = createEngine();
    folder = mkdtempSync(join(tmpdir(), 'attribution-elsewhere-'));
    for (const name of ['here', 'there', 'there/models']) mkdirSync(join(folder, name));
    data = join(folder, 'here/long.csv');
    model = join(folder, 'there/models/tiny.onnx');
    copyFileSync(join(tiny, 'long.csv'), data);
    copyFileSync(join(tiny, 'tiny.onnx'), model);
    settings('there', { model: 'models/tiny.onnx' });
  });
  after(async () => {
    await engine.dispose();
    rmSync(folder, { recursive: true });
  });

  const settings = (where: string, changes: object) => {
    const given = JSON.parse(readFileSync(join(tiny, 'attribution.json'), 'utf8'));
    const path = join(folder, where, 'attribution.json');
    writeFileSync(path, JSON.stringify({ ...given, ...changes }));
    return path;
  };
  const put = (name: string, content: string) => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };
  const said = async (asked: { data?: string; project?: string; within?: string } = {}) => {
    const { findings } = await engine.explain({ model, data, ...asked });
    return findings.filter(({ code }) => code === 'settings-elsewhere');
  };

  it('are said not to be applied, with what the numbers look like', async () => {
    const [finding, ...more] = await said();
    assert.deepEqual([finding?.severity, more.length], ['warning', 0]);
    assert.match(
      finding!.sentence,
      /^long\.csv goes to tiny\.onnx as it stands\. The attribution\.json of there, which is for other files, names this model, names its classes left, right and standardises( and pads)? what goes to it\. The numbers here \(d: mean .*\) are like raw ones \(mean 199\.8 and deviation/,
    );
    const { preprocessing } = await engine.audit({ model, data });
    assert.ok(preprocessing.some(({ sentence }) => sentence === finding!.sentence));
    const { preprocess } = JSON.parse(readFileSync(join(tiny, 'attribution.json'), 'utf8'));
    const { mean, std } = preprocess[0].standardize;
    const [head, ...rows] = readFileSync(data, 'utf8').trim().split('\n');
    const from = head!.split(',').indexOf('a');
    const ready = rows.map((row) =>
      row
        .split(',')
        .map((cell, at) => (at < from ? cell : (Number(cell) - mean[at - from]) / std[at - from]))
        .join(','),
    );
    const [prepared] = await said({ data: put('here/ready.csv', [head, ...ready].join('\n')) });
    assert.equal(prepared?.severity, 'info');
    assert.match(prepared!.sentence, /are like standardised ones\./);
  });

  it('are not spoken of where the data have steps or none of their own, or beyond the folders that may be read', async () => {
    assert.deepEqual(await said({ within: join(folder, 'there/models') }), []);
    assert.deepEqual(await said({ project: put('none.json', '{"preprocess": []}') }), []);
    assert.deepEqual(
      await said({ project: put('own.json', '{"preprocess": [{"standardize": "instance"}]}') }),
      [],
    );
    assert.equal((await said({ project: put('mask.json', '{"mask": "none"}') })).length, 1);
  });

  it('are nothing where they name another model, or are broken', async () => {
    settings('there', { model: 'models/other.onnx' });
    assert.deepEqual(await said(), []);
    put('there/attribution.json', '{');
    assert.deepEqual(await said(), []);
  });
});
