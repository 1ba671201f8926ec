import assert from 'node:assert/strict';
import { areHeld, withMadeNumbers } from '../../../src/training/madeNumbers.ts';

describe('numbers of a series that are made when they are looked at', () => {
  it('are made once for looks in a row, also through a copy, and again when many others came between', () => {
    let made = 0;
    const make = () => {
      made++;
      return Float32Array.of(made, 2, 3);
    };
    const one = withMadeNumbers({ label: 1 }, make);
    assert.equal(made, 0);
    assert.deepEqual([...one.x], [1, 2, 3]);
    assert.equal({ ...one, label: 2 }.x, one.x);
    assert.equal(made, 1);
    // 20 MB of others, in one go: nothing that a loop has made is held until it ends.
    for (let k = 0; k < 20; k++) withMadeNumbers({}, () => new Float32Array(2 ** 18)).x.fill(k);
    assert.equal(one.x[0], 2);
  });

  it('are held where all of them take little', () => {
    assert.ok(areHeld(5000, 1000));
    assert.ok(!areHeld(5000, 8000));
  });
});
