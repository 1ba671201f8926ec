import assert from 'node:assert/strict';
import fc from 'fast-check';
import { AnswerTally } from '../../../src/padding/answerTally.ts';

describe('A tally of answers', () => {
  it('says the share of each class among the answers to a question, in whatever order they come', () => {
    const answers = fc.array(fc.tuple(fc.nat(300), fc.nat(3)), { maxLength: 400 });
    fc.assert(
      fc.property(answers, (given) => {
        const tally = new AnswerTally(4);
        for (const [question, answer] of given) tally.add(question, answer);
        for (const question of [...new Set(given.map(([one]) => one)), 301]) {
          const own = given.filter(([one]) => one === question).map(([, answer]) => answer);
          assert.equal(tally.has(question), own.length > 0);
          for (const cls of [0, 1, 2, 3]) {
            const share = own.length === 0 ? 0 : own.filter((one) => one === cls).length / own.length;
            assert.equal(tally.share(question, cls), share);
          }
        }
      }),
    );
  });
});
