import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync, zipSync } from 'fflate';
import { npzMaps } from '../../../src/data/maps/npzMaps.ts';
import { mustBe, rowOf } from '../../../src/data/maps/rowOf.ts';
import { SeenIds } from '../../../src/data/maps/seenIds.ts';
import { writeNpz } from '../../../src/data/numpy/writeNpz.ts';
import { float32 } from '../../../src/graph/tensor.ts';
import { refusal } from '../refusal.ts';

/** More than are read at once: 4 MB and some. */
const [N, T] = [540, 2000];
const of = (size: number, value: (row: number, at: number) => number) =>
  float32(
    [N, size],
    Float32Array.from({ length: N * size }, (_, at) => value(Math.floor(at / size), at % size)),
  );

const ONE = { predicted: 0, probabilities: [0.5, 0.5], zones: [0, 0, 2], shares: [0.5, 0, 0.5] };

describe('the row of a job', () => {
  const shape = { classes: 2, steps: 3, rows: 2 };
  const map = [
    [1, 2, 3],
    [4, 5, 6],
  ];

  it('is one map as the explainer gives it, in lists or one after the other', () => {
    for (const given of [map, map.flat(), [map], Float32Array.from(map.flat())])
      assert.deepEqual([...rowOf({ ...ONE, map: given }, 0, 'a.parquet', shape).map], [1, 2, 3, 4, 5, 6]);
    const turned = [0, 1, 2].map((step) => map.map((row) => row[step]));
    assert.throws(
      () => rowOf({ ...ONE, map: turned }, 7, 'a.parquet', shape),
      refusal('maps-wrong', /^a\.parquet, row 7: "map" is \[3, 2\] where the explainer gives \[2, 3\]\.$/),
    );
    assert.throws(() => mustBe([3, 2], 0, 'a.npz', shape), refusal('maps-wrong', /"map" is \[3, 2\]/));
  });

  it('has shares and probabilities that are some', () => {
    for (const [wrong, words] of [
      [{ shares: [5, -3, -1] }, /"shares" are no three parts of 1/],
      [{ shares: [Number.NaN, 0, 1] }, /"shares"/],
      [{ shares: [0.2, 0.2, 0.2] }, /"shares"/],
      [{ probabilities: [9, 0] }, /"probabilities" holds other numbers than 0 to 1/],
    ] as const)
      assert.throws(() => rowOf({ ...ONE, map, ...wrong }, 0, 'a', shape), refusal('maps-wrong', words));
    rowOf({ ...ONE, map: map.map((row) => row.map(() => 0)), shares: [0, 0, 0] }, 0, 'a', shape);
  });

  it('is refused where it has come before, and said where its id has with another map', () => {
    const seen = new SeenIds();
    const [a, b, none] = [Float32Array.of(1, 2), Float32Array.of(1, 3), Float32Array.of(0, 0)];
    assert.deepEqual(
      [
        { id: 'x', map: a },
        { id: 'y', map: a },
        { id: 'x', map: b },
        { id: null, map: a },
        { id: null, map: a },
        { id: 'z', map: none },
        { id: 'z', map: none },
      ].map((row) => seen.again(row, 'a')),
      [false, false, true, false, false, false, true],
    );
    assert.throws(
      () => seen.again({ id: 'y', map: a }, 'b.npz, row 3'),
      refusal('maps-twice', /^b\.npz, row 3: "y" has come before with the same map/),
    );
  });
});

describe('maps in a .npz', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'attribution-maps-'));
  });
  after(() => rmSync(folder, { recursive: true }));

  const arrays = {
    id: Array.from({ length: N }, (_, row) => `one ${row}`),
    label: Array.from({ length: N }, (_, row) => ['walk', ''][row % 2]!),
    predicted: float32(
      [N],
      new Float32Array(N).map((_, row) => row % 3),
    ),
    probabilities: of(3, (row, at) => (row % 4) / 4 + at / 16),
    map: of(T, (row, at) => row - at),
    zones: of(T, (row, at) => (at > row ? 2 : 0)),
    shares: of(3, (row, at) => (at === row % 3 ? 1 : 0)),
  };
  const shape = { classes: 3, steps: T, rows: 1 };

  for (const [how, level] of [
    ['stored, some rows at a time', 0],
    ['packed', 6],
  ] as const) {
    it(`are those of every row, ${how}`, async () => {
      const path = join(folder, `${level}.npz`);
      writeFileSync(path, zipSync(unzipSync(writeNpz(arrays)), { level }));
      const file = await npzMaps(path);
      assert.equal(file.count, N);
      let row = 0;
      for await (const { id, label, predicted, probabilities, map, zones, shares } of file.rows(shape)) {
        assert.deepEqual([id, label, predicted], [`one ${row}`, row % 2 ? null : 'walk', row % 3]);
        assert.deepEqual(
          [...probabilities, ...shares],
          [
            ...[0, 1, 2].map((at) => (row % 4) / 4 + at / 16),
            ...[0, 1, 2].map((at) => (at === row % 3 ? 1 : 0)),
          ],
        );
        assert.deepEqual([map[0], map[T - 1], zones.indexOf(2)], [row, row - T + 1, row + 1]);
        row++;
      }
      assert.equal(row, N);
      const labels = [];
      for await (const label of file.labels()) labels.push(label);
      assert.deepEqual([labels.length, labels[0], labels[1]], [N, 'walk', null]);
    });
  }

  it('that are cut off, or of other numbers of instances, are refused by name', async () => {
    const path = join(folder, 'bad.npz');
    const bytes = zipSync(unzipSync(writeNpz(arrays)), { level: 0 });
    writeFileSync(path, bytes.subarray(0, bytes.length / 2));
    await assert.rejects(npzMaps(path), refusal('npz-corrupt', /^bad\.npz/));
    const map = float32([N - 1, T], new Float32Array((N - 1) * T));
    writeFileSync(path, zipSync(unzipSync(writeNpz({ ...arrays, map })), { level: 0 }));
    const file = await npzMaps(path);
    await assert.rejects(
      async () => {
        for await (const _ of file.rows(shape)) assert.fail('a row');
      },
      refusal('maps-wrong', /^bad\.npz: "map" is of 539 instances, "predicted" of 540\.$/),
    );
  });
});
