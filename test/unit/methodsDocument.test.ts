import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { DEFAULT_OPTIONS } from '../../src/attribution/methodOptions.ts';
import { METHODS } from '../../src/attribution/methods.ts';

const text = readFileSync(new URL('../../docs/methods.md', import.meta.url), 'utf8');
const sections = text.split(/^## /m).slice(1);

describe('docs/methods.md', () => {
  it('has one section per method, in the order they are offered', () => {
    assert.deepEqual(
      sections.map((section) => section.split('\n')[0]),
      METHODS.map(({ label }) => label),
    );
    const rows = [...text.matchAll(/^\| \[([^\]]+)\]\(#([^)]+)\) \| (\w+) \| (\w+) \| (\w+) \| (\w+) \|$/gm)];
    assert.deepEqual(
      rows.map(([, label, , at, gradient, runs, linear]) => [label, at, gradient, runs, linear]),
      METHODS.map(({ label, at, needsGradient, kind, isLinear }) => [
        label,
        at,
        needsGradient ? 'yes' : 'no',
        kind === 'graph' ? 'one' : 'several',
        isLinear ? 'yes' : 'no',
      ]),
    );
    const before = new Map<string, number>();
    for (const [, label, anchor] of rows) {
      const plain = label!
        .toLowerCase()
        .replace(/[^\w\- ]/g, '')
        .replaceAll(' ', '-');
      // A heading that reads like an earlier one gets a number behind it.
      const count = before.get(plain) ?? 0;
      before.set(plain, count + 1);
      assert.equal(anchor, count === 0 ? plain : `${plain}-${count}`);
    }
  });

  for (const [i, method] of METHODS.entries()) {
    it(`says of ${method.label} what the panel says`, () => {
      const section = sections[i]!;
      const { id, paper, formula, caveat, realOnly, options } = method;
      for (const said of [`--method ${id}`, paper, formula, caveat]) assert.ok(section.includes(said), said);
      assert.ok(section.includes(`Real steps only: ${realOnly ?? 'nothing is summed'}`));
      assert.equal(section.includes('ReLU leaves'), method.relu);
      for (const name of Object.keys(DEFAULT_OPTIONS)) {
        const known = options.some((option) => option === name);
        assert.equal(section.includes(`\`--${name}\``), known, name);
      }
    });
  }
});
