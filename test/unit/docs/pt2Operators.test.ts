import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readOperators } from '../../../src/formats/pt2/operators.ts';

describe('docs/formats.md', () => {
  it('lists every ATen operator that is read', () => {
    const text = readFileSync(join(import.meta.dirname, '../../../docs/formats.md'), 'utf8');
    const all = readOperators();
    assert.ok(text.includes(`ATen operators (${all.length},`), `there are ${all.length}`);
    assert.ok(text.includes(all.join(', ')));
  });
});
