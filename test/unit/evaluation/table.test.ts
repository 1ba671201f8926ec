import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { METHODS } from '../../../src/attribution/methods.ts';
import { createEngine } from '../../../src/engine/service.ts';
import { SETS } from '../../../src/evaluation/generators/sets.ts';
import { ScoredSet } from '../../fixtures/evaluation/scored.ts';
import { PAGE, readScores, withTables } from '../../fixtures/evaluation/table.ts';

describe('the table of all methods on the generated sets', function () {
  this.timeout(60_000);
  const scores = readScores();
  const page = readFileSync(PAGE, 'utf8');

  it('has every set and exactly the methods there are', () => {
    assert.deepEqual(Object.keys(scores), [...SETS]);
    for (const set of SETS) {
      assert.deepEqual(
        Object.keys(scores[set]!),
        METHODS.map(({ id }) => id),
        `${set}: run npm run evaluate:table -- --missing`,
      );
    }
    assert.equal(withTables(page, scores), page, 'docs/evaluation.md is not made from scores.json');
    const tables = page.slice(page.indexOf('<!-- made by'));
    for (const { label } of METHODS) {
      assert.equal(tables.split(`\n| ${label} |`).length - 1, SETS.length + 1, label);
    }
  });

  for (const [set, method] of [
    ['content', 'hirescam'],
    ['mixed', 'gradient-input'],
  ] as const) {
    it(`${method} on ${set} gives the table's numbers again`, async () => {
      const engine = createEngine();
      const files = await ScoredSet.write(set);
      try {
        const now = await files.score(method, engine);
        const then = scores[set]![method]!;
        // Another processor rounds otherwise, and a cell or two may change places.
        const near = (a: number, b: number, within: number, what: string) =>
          assert.ok(Math.abs(a - b) <= within, `${what}: ${a} in place of ${b}`);
        near(now.pointing!.value, then.pointing!.value, 0.03, 'pointing');
        near(now.aup!.value, then.aup!.value, 0.02, 'AUP');
        near(now.aur!.value, then.aur!.value, 0.02, 'AUR');
        near(now.deletionGain.value, then.deletionGain.value, 0.02, 'deletion');
        near(now.randomised!.value, then.randomised!.value, 0.05, 'randomised');
      } finally {
        files.remove();
        await engine.dispose();
      }
    });
  }
});
