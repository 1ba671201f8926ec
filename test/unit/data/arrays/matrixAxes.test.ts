import assert from 'node:assert/strict';
import type { DataOptions } from '../../../../src/data/dataOptions.ts';
import { writeNpy } from '../../../../src/data/numpy/writeNpz.ts';
import { ReadingQuestion } from '../../../../src/data/reading/readingQuestion.ts';
import type { Tensor } from '../../../../src/graph/tensor.ts';
import { createRandom } from '../../../../src/random.ts';
import { readBytes } from '../reading.ts';
import { float64, read } from './arrays.ts';

/** What each number of a matrix is of its row and column. */
const matrix = (rows: number, columns: number, number: (row: number, column: number) => number): Tensor =>
  float64(
    [rows, columns],
    Array.from({ length: rows * columns }, (_, at) => number(Math.floor(at / columns), at % columns)),
  );
const shapeOf = async (x: Tensor, options: DataOptions = {}, beside = {}) => {
  const { instances, features } = await read({ x, ...beside }, options);
  return [instances.length, features.length, instances[0]!.length];
};
/** The layouts or labels that are offered, the likeliest first. */
const ways = async (x: Tensor, options: DataOptions = {}) => {
  const asked = await readBytes(writeNpy(x), options, 'walk.npy').catch((reason: unknown) => reason);
  assert.ok(asked instanceof ReadingQuestion, `read: ${JSON.stringify(asked)}`);
  assert.equal(asked.code, 'ask-matrix-axes');
  return asked.doubt.ways.map(({ patch }) => Object.values(patch.data ?? {})[0]);
};

describe('a matrix of numbers without a model', () => {
  const random = createRandom(7);
  const shifts = Array.from({ length: 500 }, () => 6 * random.normal());
  const noise = () => random.normal();
  const series = (rows: number, columns: number) =>
    matrix(rows, columns, (row, step) => Math.sin(step / 5 + shifts[row]!) + 0.1 * noise());
  const recording = (steps: number, features: number) =>
    matrix(steps, features, (step, feature) => Math.sin(step / 9 + feature) * 4 ** feature + 0.1 * noise());

  it('is as many series as it has rows where they are many and nothing goes on from row to row', async () => {
    assert.deepEqual(await shapeOf(series(200, 40)), [200, 1, 40]);
    // Sorted by class, neighbours are alike, and so are those some rows on.
    const sorted = matrix(300, 24, (row, step) => (row < 150 ? 3 : -3) + Math.sin(step / 4) + 0.3 * noise());
    assert.deepEqual(await shapeOf(sorted), [300, 1, 24]);
  });

  it('is as many series as labels, lengths, ids or a mask stand beside it', async () => {
    const x = recording(30, 6);
    const ones = float64([30], Array(30).fill(1));
    for (const beside of [
      { y: ones },
      { lengths: float64([30], Array(30).fill(6)) },
      { instance_ids: shifts.slice(0, 30).map(String) },
      { mask: float64([30, 6], Array(180).fill(1)) },
    ]) {
      assert.deepEqual(await shapeOf(x, {}, beside), [30, 1, 6], Object.keys(beside)[0]);
    }
  });

  it('is one series where names of features say which axis is theirs', async () => {
    assert.deepEqual(await shapeOf(recording(500, 3), { features: ['a', 'b', 'c'] }), [1, 3, 500]);
    assert.deepEqual(await shapeOf(series(3, 50), {}, { feature_names: ['a', 'b', 'c'] }), [1, 3, 50]);
  });

  it('is asked about where both fit, each way being read as it says', async () => {
    const [walk, turned] = [recording(131, 30), series(9, 128)];
    assert.deepEqual(await ways(walk), ['single', 'wide', 'transposed']);
    assert.deepEqual(await ways(turned), ['wide', 'transposed', 'single']);
    assert.deepEqual(await ways(matrix(10_000, 6, noise)), ['single', 'wide', 'transposed']);
    assert.deepEqual(await shapeOf(walk, { layout: 'single' }), [1, 30, 131]);
    assert.deepEqual(await shapeOf(walk, { layout: 'wide' }), [131, 1, 30]);
    assert.deepEqual(await shapeOf(turned, { layout: 'transposed' }), [1, 9, 128]);
    const { instances } = await read({ x: turned }, { layout: 'transposed' });
    assert.equal(instances[0]!.values[128], turned.data[128]);
  });

  it('is asked about where the first or last number of each row may be its class', async () => {
    const labelled = matrix(200, 41, (row, column) => (column === 0 ? row % 3 : noise()));
    assert.deepEqual(await ways(labelled), ['column 1', 'wide', 'single', 'transposed']);
    const { instances } = await read({ x: labelled }, { label: 'column 1' });
    assert.deepEqual([instances.length, instances[4]!.label, instances[4]!.length], [200, '1', 40]);
    assert.deepEqual(await shapeOf(labelled, { layout: 'wide' }), [200, 1, 41]);
  });
});
