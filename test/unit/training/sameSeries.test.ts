import assert from 'node:assert/strict';
import { createRandom } from '../../../src/random.ts';
import { foldsOf } from '../../../src/repair/folds.ts';
import { holdOut } from '../../../src/training/holdOut.ts';
import { firstOfSame } from '../../../src/training/sameSeries.ts';
import { PrintBook, seriesPrint } from '../../../src/training/seriesPrint.ts';

const series = (label: number) => ({ x: new Float32Array(2), mask: Uint8Array.of(1, 1), label });
const sorted = (of: Iterable<number>) => [...of].sort((a, b) => a - b);

describe('identical series', () => {
  const print = (x: readonly number[], mask: readonly number[]) =>
    seriesPrint({ x: Float32Array.from(x), mask: Uint8Array.from(mask) });

  it('are told by their real steps, not by where their padding stands or what it holds', () => {
    const one = print([1, 2, 0, 3, 4, 0], [1, 1, 0]);
    assert.deepEqual(one, print([9, 1, 2, 9, 3, 4], [0, 1, 1]));
    assert.deepEqual(one, print([1, 2, 3, 4], [1, 1]));
    const others = [
      print([1, 2, 0, 3, 5, 0], [1, 1, 0]),
      print([1, 2, 3, 4], [1, 1, 1, 1]),
      print([2, 1, 3, 4], [1, 1]),
      print([3, 4, 1, 2], [1, 1]),
    ];
    for (const other of others) assert.equal(PrintBook.of([other]).find(one), -1);
    const zeros = [print([1, 0], [1, 0]), print([1, 0], [1, 1]), print([0, 0], [1, 1])];
    assert.deepEqual(firstOfSame([...zeros, ...zeros]), [0, 1, 2, 0, 1, 2], 'a real zero counts');
  });

  it('are known again but for rounding, and no others are', () => {
    const random = createRandom(5);
    const length = (i: number) => 20 + (i % 3);
    // Standardised, whole numbers, and far from zero: mean 300 of deviation 1.
    for (const value of [() => random.normal(), () => random.integer(3), () => 300 + random.normal()]) {
      const all = Array.from({ length: 600 }, (_, i) => Array.from({ length: 4 * length(i) }, value));
      const printed = (i: number, change: (value: number) => number) =>
        print(all[i]!.map(change), Array<number>(length(i)).fill(1));
      const book = PrintBook.of(all.map((_, i) => printed(i, (x) => x)));
      for (const i of all.keys()) {
        assert.equal(book.find(printed(i, (x) => x + 1e-6 * random.normal())), i);
        assert.equal(book.find(printed(i, (x) => Number(x.toPrecision(6)))), i);
        assert.equal(book.find(printed(i, (x) => Number(x.toFixed(4)))), i);
        assert.equal(book.find(printed(i, (x) => x + 0.05 * Math.abs(x) * random.normal() + 0.01)), -1);
      }
    }
  });

  it('are told apart where they stand far from zero, one feature of them or all, and where they do not move', () => {
    const random = createRandom(6);
    const pressure = () => Math.round((101_325 + 0.65 * random.normal()) * 1000) / 1000;
    const kinds = [
      () => Array.from({ length: 90 }, pressure),
      () => Array.from({ length: 90 }, (_, i) => (i < 30 ? pressure() : random.normal())),
      (i: number) => Array<number>(90).fill(1 + i / 1000),
    ];
    for (const made of kinds) {
      const all = Array.from({ length: 300 }, (_, i) => print(made(i), Array<number>(30).fill(1)));
      assert.deepEqual(firstOfSame(all), [...all.keys()]);
      assert.deepEqual(firstOfSame([...all, ...all]).slice(300), [...all.keys()]);
    }
  });

  it('are told apart by the size of one feature against another, and by a size that a large mean hides', () => {
    const steps = 24;
    const at = Array.from({ length: steps }, (_, t) => t);
    const wave = (size: number, phase: number) => at.map((t) => size * Math.sin(t + phase));
    for (const phase of [0, 0.1, 0.7]) {
      const loud = [...wave(2, phase), ...wave(1, 2 * phase)];
      const other = [...wave(1, phase), ...wave(2, 2 * phase)];
      const far = [0.5, 1.5, 0.501].map((size) => wave(size, phase).map((x) => 300 + x));
      const prints = [loud, other, ...far].map((x) => print(x, Array<number>(steps).fill(1)));
      // Two thousandths of .5 beside 300 are what six digits round away.
      assert.deepEqual(firstOfSame(prints), [0, 1, 2, 3, 2]);
    }
  });

  it('stay in one fold, whatever their labels, and the folds stay even', () => {
    const labels = Array.from({ length: 60 }, (_, i) => (i % 20 < 10 ? 0 : 1));
    const firsts = labels.map((_, i) => i % 20);
    const mixed = labels.map((label, i) => (i === 41 ? 1 - label : label));
    for (const of of [labels, mixed]) {
      const folds = foldsOf(of, firsts, 5, createRandom(1));
      for (let i = 20; i < 60; i++) assert.equal(folds[i], folds[i % 20]);
      const sizes = [0, 1, 2, 3, 4].map((k) => folds.filter((fold) => fold === k).length);
      assert.deepEqual(sorted(sizes), [12, 12, 12, 12, 12]);
    }
  });

  it('change nothing of the dealing where there are none', () => {
    const labels = [...'0001111222222201'].map(Number);
    const firsts = labels.map((_, i) => i);
    const random = createRandom(7);
    const turn = new Int32Array(labels.length);
    let next = 0;
    for (const cls of [0, 1, 2]) {
      const members = labels.flatMap((label, i) => (label === cls ? [i] : []));
      for (const k of random.permutation(members.length)) turn[members[k]!] = next++ % 3;
    }
    assert.deepEqual(foldsOf(labels, firsts, 3, createRandom(7)), turn);
  });

  it('lie on one side of what is set aside for validation', () => {
    const all = Array.from({ length: 60 }, (_, i) => series(i % 2));
    const at = (those: readonly object[]) =>
      new Set(those.map((one) => all.indexOf(one as (typeof all)[0]) % 20));
    const { train, held } = holdOut(
      all,
      0.2,
      createRandom(1),
      all.map((_, i) => i % 20),
    );
    assert.deepEqual([train.length, held.length], [48, 12]);
    const kept = at(train);
    assert.ok([...at(held)].every((one) => !kept.has(one)));
    const alone = holdOut(
      all,
      0.2,
      createRandom(1),
      all.map(() => 0),
    );
    assert.equal(alone.held.length, 0);
  });
});
