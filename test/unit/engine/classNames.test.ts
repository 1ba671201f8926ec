import assert from 'node:assert/strict';
import { targetOf, targetWords } from '../../../src/engine/classNames.ts';

describe('Which class is explained', () => {
  const names = { names: ['2', '1', 'walk'] };

  it('is by a text the one of that name, else of that index; by a number the one of that index', () => {
    assert.equal(targetOf({ target: '1' }, names).target, 1);
    assert.equal(targetOf({ target: '0' }, names).target, 0);
    assert.equal(targetOf({ target: 2 }, names).target, 2, 'class 2 is walk, although one is named 2');
    assert.equal(targetOf({ against: 1 }, names).against, 1);
    assert.throws(() => targetOf({ target: 3 }, names), /no class 3: the model has 2, 1, walk/);
    assert.throws(() => targetOf({ target: 'sit' }, names), /no class "sit"/);
  });

  it('is said by name, but where it follows the prediction', () => {
    const predicted = { target: 'predicted', negative: false };
    assert.deepEqual(targetWords({}, names), predicted);
    assert.deepEqual(targetWords({ target: 'predicted' }, names), predicted);
    assert.deepEqual(targetWords({ target: 0, against: 'runner-up', negative: true }, names), {
      ...{ target: '2', against: 'runner-up', negative: true },
    });
  });
});
