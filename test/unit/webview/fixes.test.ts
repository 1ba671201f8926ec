import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fixFor } from '../../../webview/sections/fixes.ts';

const source = join(import.meta.dirname, '../../../src');

describe('Fix… on a finding', () => {
  it('is offered for codes that the engine says', () => {
    const files = readdirSync(source, { recursive: true }).map(String);
    const all = files
      .filter((name) => /^(data|engine|graph|preprocess)\b.*\.ts$/.test(name))
      .map((name) => readFileSync(join(source, name), 'utf8'))
      .join('\n');
    const table = readFileSync(join(source, '../webview/sections/fixes.ts'), 'utf8');
    const fixed = [...table.matchAll(/^ {2}'?([\w-]+)'?: '\w+',$/gm)].map(([, code]) => code!);
    assert.ok(fixed.length > 20 && fixed.every(fixFor));
    assert.deepEqual(
      fixed.filter((code) => !all.includes(`'${code}'`)),
      [],
    );
  });

  it('is offered for no other', () => {
    assert.equal(fixFor('no-real-position'), undefined);
    assert.equal(fixFor('toString'), undefined);
  });
});
