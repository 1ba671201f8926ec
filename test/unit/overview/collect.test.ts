import assert from 'node:assert/strict';
import { Collector } from '../../../src/overview/collect.ts';
import { finish } from '../../../src/overview/finish.ts';
import { groupsByLabel } from '../../../src/overview/plan.ts';
import { Refusal } from '../../../src/refusal.ts';
import { CLASSES, explained, type Made } from './explained.ts';

async function overview(made: readonly Made[], longest = 4) {
  const labels = new Set(made.flatMap(({ label }) => label ?? []));
  const collector = new Collector({ instances: made.length, longest, classes: CLASSES, labels });
  for (const [i, one] of made.entries()) collector.add(explained(one, i));
  return finish(collector, { classes: CLASSES, hasFeatures: made[0]!.map.length > 1, seed: 1 });
}

/** Worked out on paper: three walks (the last answered run), one padded at the front. */
const three: readonly Made[] = [
  {
    label: 'walk',
    map: [
      [2, 4, 6, 99],
      [0, 0, 0, 99],
    ],
    mask: [1, 1, 1, 0],
  },
  {
    label: 'walk',
    map: [
      [99, 99, 1, 3],
      [99, 99, 1, 3],
    ],
    mask: [0, 0, 1, 1],
  },
  {
    label: 'walk',
    predicted: 1,
    map: [
      [8, 0, 0, 0],
      [0, 0, 0, 8],
    ],
  },
];

describe('Adding maps up', () => {
  it('groups by label and by answer, and over all', async () => {
    const { groups } = await overview(three);
    assert.deepEqual(
      groups.map(({ by, name, members, lengths }) => [by, name, [...members], lengths]),
      [
        ['all', 'all instances', [0, 1, 2], [2, 3, 4]],
        ['label', 'walk', [0, 1, 2], [2, 3, 4]],
        ['predicted', 'walk', [0, 1], [2, 2.5, 3]],
        ['predicted', 'run', [2], [4, 4, 4]],
      ],
    );
  });

  it('raw, is the mean of what reaches a column', async () => {
    const { maps } = (await overview(three)).groups[2]!;
    const { mean, error, n, profile } = maps.start.raw;
    assert.deepEqual([...n], [2, 2, 1]);
    assert.deepEqual([...mean], [1.5, 3.5, 6, 0.5, 1.5, 0]);
    assert.deepEqual([...error], [0.5, 0.5, Number.NaN, 0.5, 1.5, Number.NaN]);
    assert.deepEqual([...profile], [1, 2.5, 3]);
    const end = maps.end.raw;
    assert.deepEqual([...end.n], [1, 2, 2]);
    assert.deepEqual([...end.mean], [2, 2.5, 4.5, 0, 0.5, 1.5]);
  });

  it('normalised, every map has a mean |map| of 1 over its own real cells', async () => {
    const { maps } = (await overview(three)).groups[2]!;
    // Mean |map| over real cells: 12/6 = 2 for either.
    assert.deepEqual([...maps.start.normalised.mean], [0.75, 1.75, 3, 0.25, 0.75, 0]);
    const [run] = (await overview(three)).groups.slice(-1);
    assert.deepEqual([...run!.maps.start.normalised.mean], [4, 0, 0, 0, 0, 0, 0, 4]);
  });

  it('leaves a zero map out of normalised means and counts it in raw ones', async () => {
    const { groups, instances } = await overview([
      ...three.slice(0, 2),
      {
        label: 'walk',
        map: [
          [0, 0],
          [0, 0],
        ],
      },
    ]);
    const { maps, zeroMaps } = groups[0]!;
    assert.equal(zeroMaps, 1);
    assert.deepEqual([...maps.start.raw.n], [3, 3, 1]);
    assert.deepEqual([...maps.start.normalised.n], [2, 2, 1]);
    assert.equal(instances[2]!.zones, null);
  });

  it('ranks by the mean |map| on real steps; a time map has nothing to rank', async () => {
    const { groups, importance } = await overview(three);
    assert.deepEqual([...importance], [4, 0, 2, 2, 2, 2]);
    assert.deepEqual(
      groups[0]!.ranking!.raw.features.map(({ feature, value }) => [feature, value]),
      [
        [0, 8 / 3],
        [1, 4 / 3],
      ],
    );
    const time = await overview([{ map: [[1, 2, 3]] }]);
    assert.equal(time.groups[0]!.ranking, null);
    assert.equal(time.importance.length, 0);
    assert.deepEqual([...time.groups[0]!.maps.start.raw.profile], [1, 2, 3]);
  });

  it('shares of the map per zone are means over instances, with how many', async () => {
    const { groups } = await overview(three);
    const { EMPTY, REAL } = groups[3]!.zones!;
    assert.deepEqual([EMPTY.value, REAL.value, REAL.n], [0, 1, 1]);
    // 198 of 210 and 396 of 404 lie on padding.
    assert.ok(Math.abs(groups[2]!.zones!.EMPTY.value - (198 / 210 + 396 / 404) / 2) < 1e-6);
  });

  it('without labels goes by answers only; one instance is a group of one', async () => {
    const { groups, labelled } = await overview([
      {
        map: [
          [1, 2],
          [3, 4],
        ],
        predicted: 1,
      },
    ]);
    assert.equal(labelled, false);
    assert.deepEqual(
      groups.map(({ by, name }) => [by, name]),
      [
        ['all', 'all instances'],
        ['predicted', 'run'],
      ],
    );
  });

  it('labels that are no classes of the model are groups, but a different one each are not', async () => {
    const { groups } = await overview([{ map: [[1], [1]], label: 'swim' }]);
    assert.ok(groups.some(({ by, name }) => by === 'label' && name === 'swim'));
    assert.equal(groupsByLabel(new Set(Array.from({ length: 21 }, (_, i) => `${i}`)), 2), false);
    assert.equal(groupsByLabel(new Set(Array.from({ length: 21 }, (_, i) => `${i}`)), 30), true);
  });

  it('an instance without a real step reaches nowhere and breaks nothing', async () => {
    const { groups, outliers } = await overview([
      ...three,
      {
        map: [
          [1, 1],
          [1, 1],
        ],
        mask: [0, 0],
        label: 'walk',
      },
    ]);
    assert.deepEqual([...groups[0]!.maps.start.raw.n], [3, 3, 2, 1]);
    assert.ok(outliers.some(({ instance }) => instance === 3));
  });

  it('warnings are counted, not repeated', async () => {
    const { warnings } = await overview([
      { map: [[1]], warning: 'a' },
      { map: [[1]], warning: 'b of 1' },
      { map: [[1]], warning: 'b of 2' },
    ]);
    assert.deepEqual(warnings, [
      { sentence: 'b of 1', n: 2 },
      { sentence: 'a', n: 1 },
    ]);
  });

  it('ends where it is cancelled', async () => {
    const abort = new AbortController();
    abort.abort(new Refusal('cancelled', 'Cancelled.'));
    const collector = new Collector({ instances: 1, longest: 1, classes: CLASSES, labels: new Set() });
    collector.add(explained({ map: [[1], [2]] }));
    await assert.rejects(
      finish(collector, { classes: CLASSES, hasFeatures: true, seed: 1, signal: abort.signal }),
      { message: 'Cancelled.' },
    );
  });
});
