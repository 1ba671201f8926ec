import assert from 'node:assert/strict';
import { createRandom, type Random } from '../../../src/random.ts';
import { sharedSteps } from '../../../src/training/sharedSteps.ts';

/** Rows [L][F] somewhere among `steps`, with padding before and behind them. */
function series(rows: readonly (readonly number[])[], steps = rows.length, from = 0) {
  const features = rows[0]!.length;
  const [x, mask] = [new Float32Array(features * steps).fill(9), new Uint8Array(steps)];
  for (const [t, row] of rows.entries()) {
    mask[from + t] = 1;
    for (const [f, value] of row.entries()) x[f * steps + from + t] = value;
  }
  return { x, mask };
}

const column = (length: number, next: (t: number) => number) => Array.from({ length }, (_, t) => [next(t)]);

/** Integers that have nothing to do with one another from series to series. */
const PROCESSES: Readonly<Record<string, (random: Random, length: number) => number[][]>> = {
  constant: (random, length) => {
    const level = random.integer(3);
    return column(length, () => level);
  },
  'few levels': (random, length) => column(length, () => random.integer(3)),
  'levels that stay': (random, length) => {
    let level = 0;
    return column(length, () => {
      if (random.integer(10) === 0) level = random.integer(4);
      return level;
    });
  },
  'a walk': (random, length) => {
    let level = 0;
    return column(length, () => {
      level += random.integer(3) - 1;
      return level;
    });
  },
  'rare events': (random, length) => column(length, () => Number(random.integer(20) === 0)),
  'a square wave': (random, length) => {
    const at = random.integer(10);
    return column(length, (t) => Math.floor((t + at) / 5) % 2);
  },
};

describe('series that share a stretch', () => {
  for (const [name, make] of Object.entries(PROCESSES)) {
    it(`are none that are alike by chance: ${name}`, async () => {
      const random = createRandom(5);
      for (const length of [8, 20, 60]) {
        const some = (n: number) =>
          Array.from({ length: n }, () => series(make(random, length - random.integer(length / 4)), length));
        const [others, judged] = [some(60), some(30)];
        assert.deepEqual(await sharedSteps(others, [{ series: judged }]), [0], String(length));
      }
    });
  }

  it('are all those with more than half of the shorter one in common, wherever it stands, and no others', async () => {
    for (const [length, levels] of [
      [15, 0],
      [30, 0],
      [90, 0],
      [90, 4],
    ] as const) {
      const random = createRandom(length + levels);
      const recording = Array.from({ length: 1200 }, () =>
        [0, 1].map(() => (levels > 0 ? random.integer(levels) : random.normal())),
      );
      const cuts = (n: number) =>
        Array.from({ length: n }, () => {
          const size = length - random.integer(length / 5);
          const from = random.integer(1200 - size);
          return { from, to: from + size };
        });
      const windows = (some: ReturnType<typeof cuts>) =>
        some.map(({ from, to }) => series(recording.slice(from, to), length, length - (to - from)));
      const [learnt, judged] = [cuts(40), cuts(40)];
      const share = (a: typeof cuts extends (n: number) => (infer C)[] ? C : never, b: typeof a) =>
        2 * (Math.min(a.to, b.to) - Math.max(a.from, b.from)) > Math.min(a.to - a.from, b.to - b.from);
      const expected = judged.filter((one) => learnt.some((other) => share(one, other))).length;
      const among = learnt.filter((one, i) => learnt.some((other, j) => i !== j && share(one, other))).length;
      assert.ok(expected > 0 && expected < 40 && among > 0, `${expected} ${among}`);
      const all = windows(learnt);
      const compared = [
        { series: windows(judged) },
        { series: all, apart: (i: number, j: number) => i !== j },
      ];
      assert.deepEqual(await sharedSteps(all, compared), [expected, among], `${length} ${levels}`);
    }
  });

  it('says how far it is, and can be cancelled', async () => {
    const series = Array.from({ length: 100 }, () => ({
      x: new Float32Array(10),
      mask: new Uint8Array(10).fill(1),
    }));
    const shares: number[] = [];
    await sharedSteps(series, [{ series }], { report: (share) => shares.push(share) });
    assert.ok(shares.length >= 6 && shares.every((share, at) => share <= 1 && share > (shares[at - 1] ?? 0)));
    const cancelled = { signal: AbortSignal.abort(new Error('cancelled')) };
    await assert.rejects(sharedSteps(series, [{ series }], cancelled), /cancelled/);
  });

  it('are none without steps, and missing values are alike', async () => {
    assert.deepEqual(await sharedSteps([], [{ series: [] }]), [0]);
    const random = createRandom(1);
    const rows = Array.from({ length: 40 }, (_, t) => [
      random.normal(),
      t % 3 === 0 ? Number.NaN : random.normal(),
    ]);
    const [a, b] = [series(rows), series(rows.slice(5))];
    const empty = { x: new Float32Array(80), mask: new Uint8Array(40) };
    assert.deepEqual(await sharedSteps([a, empty], [{ series: [b, empty] }]), [1]);
  });
});
