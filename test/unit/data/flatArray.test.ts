import assert from 'node:assert/strict';
import type { DataOptions } from '../../../src/data/dataOptions.ts';
import { writeNpy } from '../../../src/data/numpy/writeNpz.ts';
import { tensor } from '../../../src/graph/tensor.ts';
import { readBytes, refusalOf, rowsOf } from './reading.ts';

const STEPS = 10;
/** [row][step], none of them whole. */
const rows = Array.from({ length: 4 }, (_, row) =>
  Array.from({ length: STEPS }, (_, step) => row + step / 16 + 1 / 32),
);

function read(matrix: readonly (readonly number[])[], options: DataOptions) {
  const dims = [matrix.length, matrix[0]!.length];
  return readBytes(writeNpy(tensor('float64', dims, Float64Array.from(matrix.flat()))), options, 'X.npy');
}

const one: DataOptions = { input: { layout: 'NFT', features: 1, steps: STEPS } };
const two: DataOptions = { input: { layout: 'NFT', features: 2, steps: STEPS / 2 } };

describe('a matrix in an array file', () => {
  for (const [where, column, matrix] of [
    ['first', 'column 1', rows.map((row, at) => [at % 2, ...row])],
    ['last', 'column 11', rows.map((row, at) => [...row, at % 2])],
  ] as const) {
    it(`may hold the label in its ${where} column: asked, and read as said`, async () => {
      const asked = await refusalOf(read(matrix, one));
      assert.equal(asked.code, 'ask-label-column');
      assert.ok(asked.message.includes(`--set 'data.label=${column}'`), asked.message);
      const { instances } = await read(matrix, { ...one, label: column });
      assert.deepEqual(
        instances.map((instance) => [instance.label, rowsOf(instance)[0]]),
        rows.map((row, at) => [String(at % 2), row]),
      );
    });
  }

  it('may hold flattened windows: asked, and read as said', async () => {
    assert.equal((await refusalOf(read(rows, two))).code, 'ask-flattened');
    const halves = (row: readonly number[]) => [row.slice(0, STEPS / 2), row.slice(STEPS / 2)];
    const [first] = (await read(rows, { ...two, layout: 'flatFT' })).instances;
    assert.deepEqual(rowsOf(first!), halves(rows[0]!));
    const [turned] = (await read(rows, { ...two, layout: 'flatTF' })).instances;
    assert.deepEqual(
      rowsOf(turned!),
      [0, 1].map((at) => rows[0]!.filter((_, step) => step % 2 === at)),
    );
  });

  it('is not asked about where one more number is no class', async () => {
    const { instances } = await read(
      rows.map((row) => [...row, 0.5]),
      one,
    );
    assert.equal(instances[0]!.length, STEPS + 1);
  });
});
