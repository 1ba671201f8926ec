import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { IS_THERE, settingsBeside } from '../../../src/project/settingsBeside.ts';
import { refusal } from '../refusal.ts';

describe('the settings of a new model', () => {
  const folder = mkdtempSync(join(tmpdir(), 'attribution-beside-'));
  after(() => rmSync(folder, { recursive: true, force: true }));
  const at = (name: string) => join(folder, name);
  const put = (name: string, text = '') => {
    mkdirSync(dirname(at(name)), { recursive: true });
    writeFileSync(at(name), text);
    return at(name);
  };
  const model = at('g.onnx');

  it('go beside it, and never over those of another model or those that are read', async () => {
    assert.deepEqual(await settingsBeside(model), { path: at('attribution.json') });
    put('attribution.json', '{}');
    const own = at('g.attribution.json');
    const apart = { path: own, apart: IS_THERE };
    assert.deepEqual(await settingsBeside(model, { read: at('attribution.json') }), apart);
    put('g.attribution.json', '{ "model": "g.onnx" } // of a training before');
    assert.deepEqual(await settingsBeside(model), apart);
    await assert.rejects(
      settingsBeside(model, { read: own }),
      refusal('output-is-input', /^g\.attribution\.json is read/),
    );
    for (const text of ['{ "mask": "none" }', '{ "model": "h.onnx" }', 'no JSON']) {
      put('g.attribution.json', text);
      await assert.rejects(
        settingsBeside(model),
        refusal('settings-there', /is there already and does not name/),
      );
    }
  });

  it('change how no other file is read: not in place of settings above, not for data and models nearby', async () => {
    const below = (name: string) => put(`new/${name}`);
    const [data, made] = [below('a.csv'), below('new.onnx')];
    below('test/b.npz');
    const taught = [data, at('new/test')];
    const asked = () => settingsBeside(made, { taught });
    const apart = (why: string) => ({
      path: at('new/new.attribution.json'),
      apart: `would be read for ${why}`,
    });
    // Those above hold for the file that was learnt from, with any model.
    assert.deepEqual(await asked(), apart('a.csv in place of ../attribution.json'));
    rmSync(at('attribution.json'));
    assert.deepEqual(await asked(), { path: at('new/attribution.json') });
    below('notes.md');
    below('.hidden/c.csv');
    below('own/attribution.json');
    below('own/c.csv');
    assert.deepEqual(await asked(), { path: at('new/attribution.json') });
    for (const other of ['late/c.npz', 'old.onnx', 'deep/er/model.json', 'd.csv.gz']) {
      below(other);
      assert.deepEqual(await asked(), apart(`${other}, too`));
      rmSync(at(`new/${other}`));
    }
    symlinkSync(put('elsewhere/d.csv').slice(0, -'/d.csv'.length), at('new/link'), 'dir');
    assert.deepEqual(await asked(), apart('d.csv, too'));
    assert.deepEqual(await settingsBeside(made, { taught: [...taught, at('elsewhere/d.csv')] }), {
      path: at('new/attribution.json'),
    });
  });
});
