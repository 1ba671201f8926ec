import assert from 'node:assert/strict';
import { rankFeatures } from '../../../src/overview/ranking.ts';
import { createRandom } from '../../../src/random.ts';

const rank = (rows: readonly (readonly number[])[], scale: 'raw' | 'normalised' = 'raw', seed = 1) =>
  rankFeatures(
    Float32Array.from(rows.flat()),
    rows[0]!.length,
    rows.map((_, i) => i),
    scale,
    createRandom(seed),
  );

describe('Ranking features', () => {
  it('goes by the mean over instances, with ranks and intervals', () => {
    const rows = Array.from({ length: 20 }, (_, i) => [1 + (i % 3) / 10, 5 + (i % 5) / 10, 3]);
    const { features, n, stability } = rank(rows);
    assert.deepEqual(
      features.map(({ feature }) => feature),
      [1, 2, 0],
    );
    assert.equal(n, 20);
    assert.ok(Math.abs(features[0]!.value - 5.2) < 1e-6);
    assert.deepEqual(
      features.map(({ ranks }) => ranks),
      [
        [1, 1],
        [2, 2],
        [3, 3],
      ],
    );
    assert.deepEqual(features[1]!.interval, [3, 3]);
    assert.equal(stability, 1);
  });

  it('normalised, one instance with a high map does not decide; raw, it does', () => {
    const rows = [...Array.from({ length: 9 }, () => [1, 3]), [1000, 0]];
    assert.equal(rank(rows, 'raw').features[0]!.feature, 0);
    const { features } = rank(rows, 'normalised');
    assert.equal(features[0]!.feature, 1);
    // Nine times 3/4 and once 0.
    assert.ok(Math.abs(features[0]!.value - 0.675) < 1e-6);
    assert.ok(Math.abs(features[0]!.value + features[1]!.value - 1) < 1e-6);
  });

  it('leaves zero maps out of what is normalised, not out of what is raw', () => {
    const rows = [[0, 0], ...Array.from({ length: 5 }, () => [1, 3])];
    assert.deepEqual([rank(rows, 'normalised').n, rank(rows, 'raw').n], [5, 6]);
    assert.ok(Math.abs(rank(rows, 'raw').features[0]!.value - 2.5) < 1e-6);
  });

  it('of fewer than five instances gives no interval, of none nothing to rank by', () => {
    const one = rank([[1, 2]]);
    assert.deepEqual(
      one.features.map(({ feature, interval, ranks }) => [feature, interval, ranks]),
      [
        [1, null, null],
        [0, null, null],
      ],
    );
    assert.equal(one.stability, null);
    assert.equal(rank([[0, 0]], 'normalised').n, 0);
  });

  it('says that equals cannot be told apart', () => {
    const { features } = rank(Array.from({ length: 12 }, () => [1, 0, 0, 0]));
    assert.deepEqual(features[0]!.ranks, [1, 1]);
    for (const { ranks } of features.slice(1)) assert.deepEqual(ranks, [3, 3]);
  });

  it('the same seed gives the same intervals, another one others', () => {
    const random = createRandom(3);
    const rows = Array.from({ length: 30 }, () => [Math.abs(random.normal()), Math.abs(random.normal())]);
    assert.deepEqual(rank(rows, 'raw', 4), rank(rows, 'raw', 4));
    assert.notDeepEqual(rank(rows, 'raw', 4), rank(rows, 'raw', 5));
  });

  it('intervals cover the truth about as often as they say', function () {
    this.timeout(20_000);
    const random = createRandom(11);
    // Importances as they are: skewed, two features at 1 and 2 times a mean of 1 (a sum of two squared normals).
    const draw = (scale: number) => (scale * (random.normal() ** 2 + random.normal() ** 2)) / 2;
    const [trials, instances] = [200, 40];
    let covered = 0;
    for (let trial = 0; trial < trials; trial++) {
      const { features } = rank(
        Array.from({ length: instances }, () => [draw(1), draw(2)]),
        'raw',
        trial + 1,
      );
      for (const { feature, interval } of features) {
        const truth = feature + 1;
        if (interval![0] <= truth && truth <= interval![1]) covered++;
      }
    }
    const rate = covered / (2 * trials);
    // Percentile intervals of skewed data at n = 40 are a little short of 95 %.
    assert.ok(rate > 0.89 && rate < 0.98, `${rate}`);
  });
});
