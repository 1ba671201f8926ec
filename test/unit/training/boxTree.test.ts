import assert from 'node:assert/strict';
import { createRandom, type Random } from '../../../src/random.ts';
import { BoxTree } from '../../../src/training/boxTree.ts';
import { firstOfSame } from '../../../src/training/sameSeries.ts';
import { PRINT, seriesPrint } from '../../../src/training/seriesPrint.ts';

const printOf = (values: readonly number[]) =>
  seriesPrint({ x: Float32Array.from(values), mask: new Uint8Array(values.length).fill(1) });

/** The rule as it is written: each series is held against every one before it. */
function plainly(prints: readonly Float32Array[]): number[] {
  const firsts: number[] = [];
  for (const [i, [length, size, rounding, ...rest]] of prints.entries()) {
    const isSame = (other: Float32Array) =>
      other[0] === length &&
      Math.abs(other[1]! - size!) <= 5e-5 * size! &&
      rest.every(
        (value, k) => Math.abs(other[3 + k]! - value) <= (k < 2 ? 5e-5 * size! : 2.5e-4 + rounding!),
      );
    const first = prints.findIndex((other, k) => k < i && isSame(other));
    firsts.push(first === -1 ? i : firsts[first]!);
  }
  return firsts;
}

describe('the first of identical series', () => {
  const kinds: Readonly<Record<string, (i: number, random: Random) => number[]>> = {
    'one series again and again': () => [1, 2, 3, 4],
    'all different': (_, random) => Array.from({ length: 10 }, () => random.normal()),
    'of two steps, all of one course': (_, random) => [random.normal(), random.normal()],
    'of few values': (_, random) => Array.from({ length: 8 }, () => random.integer(2)),
    'copies, rounded apart, at the edge of what is one': (i, random) => {
      const own = createRandom(i % 7);
      return Array.from({ length: 10 }, () => own.normal() + 1e-4 * random.normal());
    },
    'far from zero, and constant': (i, random) => Array<number>(5).fill(i % 3 ? 1e5 + random.integer(4) : 0),
  };
  for (const [kind, made] of Object.entries(kinds)) {
    it(`is the one that is found one by one: ${kind}`, () => {
      const random = createRandom(4);
      const prints = Array.from({ length: 400 }, (_, i) => printOf(made(i, random)));
      assert.deepEqual(firstOfSame(prints), plainly(prints));
    });
  }

  it('is itself where a print is no number', () => {
    const odd = [new Float32Array(PRINT).fill(Number.NaN), new Float32Array(PRINT).fill(Infinity)];
    assert.deepEqual(firstOfSame([...odd, ...odd, printOf([1, 2]), printOf([1, 2])]), [0, 1, 2, 3, 4, 4]);
  });

  it('is found among so many that holding each against each would take 5·10⁹ looks', () => {
    const same = Array<Float32Array>(100_000).fill(printOf([1, 2, 3, 4]));
    assert.ok(firstOfSame(same).every((first) => first === 0));
    const oneCourse = Array.from({ length: 20_000 }, (_, i) => printOf([i, 2 * i + 1]));
    assert.deepEqual(firstOfSame(oneCourse).slice(0, 3), [0, 1, 2]);
  });
});

describe('points in boxes', () => {
  it('are found as by looking at each, on faces too', () => {
    const random = createRandom(2);
    for (let round = 0; round < 200; round++) {
      const n = random.integer(60);
      // Few values, so that many lie on faces and together.
      const points = Float32Array.from({ length: 3 * n }, () => random.integer(6));
      const tree = new BoxTree(points, 3);
      const centre = Array.from({ length: 3 }, () => random.integer(6));
      const margins = Array.from({ length: 3 }, () => random.integer(4));
      const first = Array.from({ length: n }, (_, i) => i).find((i) =>
        centre.every((value, k) => Math.abs(points[3 * i + k]! - value) <= margins[k]!),
      );
      assert.equal(tree.first(centre, margins), first ?? -1);
    }
  });
});
