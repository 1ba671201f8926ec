import assert from 'node:assert/strict';
import { auditAll } from '../../truth/auditAll.ts';
import { ownFolder, truthSets } from '../../truth/models.ts';
import { bandOf, type Outcome, scoreOf } from '../../truth/score.ts';

/** Every third model's smallest set: all kinds, in less than half a minute. `npm run truth` audits them all. */
const part = truthSets(ownFolder).filter(
  (set, k, all) => set.n <= 60 && all[k - 1]?.model !== set.model && modelIndex(set.model) % 3 === 0,
);

function modelIndex(model: string): number {
  return [...new Set(truthSets(ownFolder).map((set) => set.model))].indexOf(model);
}

describe('verdicts about models whose truth is known', function () {
  this.timeout(180_000);
  let outcomes: Outcome[];
  before(async () => {
    outcomes = await auditAll(part, [1]);
  });

  it('are decided, right, and cover the truth as promised', () => {
    const score = scoreOf(outcomes);
    const said = JSON.stringify(score, null, 1);
    assert.ok(score.sets >= 20, said);
    assert.deepEqual(score.severe, []);
    // One set is 4 %: a part allows one more than the promise of the whole.
    assert.ok(score.decided + 1 >= 0.8 * score.sets, said);
    assert.ok(score.right + 1 >= 0.97 * score.decided, said);
    assert.ok(score.covered + 1 >= 0.93 * score.withInterval, said);
  });

  it('call no value and no side of the padding length', () => {
    for (const { set, length, look } of outcomes) {
      if (!/padvalue|classside/.test(set.truth.block + set.truth.name)) continue;
      assert.notEqual(bandOf(length), 'YES', set.truth.name);
      assert.equal(look, 'carries the class', set.truth.name);
    }
    assert.ok(outcomes.some(({ set }) => /padvalue|classside/.test(set.truth.name)));
  });

  it('call the place FRAGILE mostly where length is read', () => {
    const { fragileAmongNo, fragileAmongYes } = scoreOf(outcomes);
    assert.ok(fragileAmongNo[0] - 1 <= 0.2 * fragileAmongNo[1], String(fragileAmongNo));
    assert.ok(fragileAmongYes[0] + 1 >= 0.9 * fragileAmongYes[1], String(fragileAmongYes));
  });
});
