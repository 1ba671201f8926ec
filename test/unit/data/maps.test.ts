import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync, zipSync } from 'fflate';
import { npzMaps } from '../../../src/data/maps/npzMaps.ts';
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
    probabilities: of(3, (row, at) => row + at / 8),
    map: of(T, (row, at) => row - at),
    zones: of(T, (row, at) => (at > row ? 2 : 0)),
    shares: of(3, (row, at) => row * at),
  };
  const shape = { classes: 3, steps: T, cells: T };

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
        assert.deepEqual([...probabilities, ...shares], [row, row + 1 / 8, row + 2 / 8, 0, row, 2 * row]);
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
