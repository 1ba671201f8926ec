import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FIXED, fixFor } from '../../../webview/sections/fixes.ts';

const source = join(import.meta.dirname, '../../../src');

describe('Fix… on a finding', () => {
  it('is offered for codes that the engine says', () => {
    const files = readdirSync(source, { recursive: true }).map(String);
    const all = files
      .filter((name) => /^(data|engine|graph|preprocess)\b.*\.ts$/.test(name))
      .map((name) => readFileSync(join(source, name), 'utf8'))
      .join('\n');
    assert.ok(FIXED.length > 20);
    assert.deepEqual(
      FIXED.filter((code) => !all.includes(`'${code}'`)),
      [],
    );
  });

  it('is offered for no other', () => {
    assert.equal(fixFor('no-real-position'), undefined);
    assert.equal(fixFor('toString'), undefined);
  });
});
