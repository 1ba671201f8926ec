import assert from 'node:assert/strict';
import { createRandom } from '../../../src/random.ts';
import { foldsOf } from '../../../src/repair/folds.ts';
import { holdOut } from '../../../src/training/holdOut.ts';
import { seriesHash } from '../../../src/training/sameSeries.ts';

const series = (label: number) => ({ x: new Float32Array(2), mask: Uint8Array.of(1, 1), label });
const sorted = (of: Iterable<number>) => [...of].sort((a, b) => a - b);

describe('identical series', () => {
  it('are told by their real steps, not by where their padding stands or what it holds', () => {
    const hash = (x: number[], mask: number[]) =>
      seriesHash({ x: Float32Array.from(x), mask: Uint8Array.from(mask) });
    const one = hash([1, 2, 0, 3, 4, 0], [1, 1, 0]);
    assert.equal(one, hash([9, 1, 2, 9, 3, 4], [0, 1, 1]));
    assert.equal(one, hash([1, 2, 3, 4], [1, 1]));
    assert.notEqual(one, hash([1, 2, 0, 3, 5, 0], [1, 1, 0]));
    assert.notEqual(one, hash([1, 2, 3, 4], [1, 1, 1, 1]), 'four steps of one feature');
    assert.notEqual(hash([1, 0], [1, 0]), hash([1, 0], [1, 1]), 'a real zero counts');
  });

  it('stay in one fold, whatever their labels, and the folds stay even', () => {
    const labels = Array.from({ length: 60 }, (_, i) => (i % 20 < 10 ? 0 : 1));
    const hashes = labels.map((_, i) => `${i % 20}`);
    const mixed = labels.map((label, i) => (i === 41 ? 1 - label : label));
    for (const of of [labels, mixed]) {
      const folds = foldsOf(of, hashes, 5, createRandom(1));
      for (let i = 20; i < 60; i++) assert.equal(folds[i], folds[i % 20]);
      const sizes = [0, 1, 2, 3, 4].map((k) => folds.filter((fold) => fold === k).length);
      assert.deepEqual(sorted(sizes), [12, 12, 12, 12, 12]);
    }
  });

  it('change nothing of the dealing where there are none', () => {
    const labels = [...'0001111222222201'].map(Number);
    const hashes = labels.map((_, i) => `${i}`);
    const random = createRandom(7);
    const turn = new Int32Array(labels.length);
    let next = 0;
    for (const cls of [0, 1, 2]) {
      const members = labels.flatMap((label, i) => (label === cls ? [i] : []));
      for (const k of random.permutation(members.length)) turn[members[k]!] = next++ % 3;
    }
    assert.deepEqual(foldsOf(labels, hashes, 3, createRandom(7)), turn);
  });

  it('lie on one side of what is set aside for validation', () => {
    const all = Array.from({ length: 60 }, (_, i) => series(i % 2));
    const at = (those: readonly object[]) =>
      new Set(those.map((one) => all.indexOf(one as (typeof all)[0]) % 20));
    const { train, held } = holdOut(
      all,
      0.2,
      createRandom(1),
      all.map((_, i) => `${i % 20}`),
    );
    assert.deepEqual([train.length, held.length], [48, 12]);
    const kept = at(train);
    assert.ok([...at(held)].every((one) => !kept.has(one)));
    const alone = holdOut(
      all,
      0.2,
      createRandom(1),
      all.map(() => 'the same'),
    );
    assert.equal(alone.held.length, 0);
  });
});
