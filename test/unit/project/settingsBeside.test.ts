import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { settingsBeside } from '../../../src/project/settingsBeside.ts';
import { refusal } from '../refusal.ts';

describe('the settings of a new model', () => {
  const folder = mkdtempSync(join(tmpdir(), 'attribution-beside-'));
  after(() => rmSync(folder, { recursive: true, force: true }));
  const at = (name: string) => join(folder, name);
  const model = at('g.onnx');

  it('go beside it, and never over those of another model or those that are read', async () => {
    assert.equal(await settingsBeside(model), at('attribution.json'));
    writeFileSync(at('attribution.json'), '{}');
    const own = at('g.attribution.json');
    assert.equal(await settingsBeside(model, at('attribution.json')), own);
    writeFileSync(own, '{ "model": "g.onnx" } // of a training before');
    assert.equal(await settingsBeside(model), own);
    await assert.rejects(
      settingsBeside(model, own),
      refusal('output-is-input', /^g\.attribution\.json is read/),
    );
    for (const text of ['{ "mask": "none" }', '{ "model": "h.onnx" }', 'no JSON']) {
      writeFileSync(own, text);
      await assert.rejects(
        settingsBeside(model),
        refusal('settings-there', /is there already and does not name/),
      );
    }
  });
});
