import assert from 'node:assert/strict';
import type { DataOptions } from '../../../../src/data/dataOptions.ts';
import { refusalOf, rowsOf } from '../reading.ts';
import { float64, input, read } from './arrays.ts';

const [N, F, T] = [8, 3, 24];
/** Goes on from step to step, not from feature to feature or from series to series. */
const value = (one: number, feature: number, step: number): number =>
  Math.sin(step / 4 + one * 2.3 + feature * 4.1) + 0.25 * ((one * 7 + feature * 5) % 11);
const grid = (a: number, b: number, c: number, of: (i: number, j: number, k: number) => number) =>
  float64(
    [a, b, c],
    Array.from({ length: a * b * c }, (_, at) =>
      of(Math.floor(at / (b * c)), Math.floor(at / c) % b, at % c),
    ),
  );
const usual = grid(N, F, T, value);
const stepsSecond = grid(N, T, F, (one, step, feature) => value(one, feature, step));
const stepsFirst = grid(T, F, N, (step, feature, one) => value(one, feature, step));
const refused = async (arrays: Parameters<typeof read>[0], options: DataOptions = {}) =>
  (await refusalOf(read(arrays, options))).message;

describe('npz and npy: what the course of the numbers tells', () => {
  it('takes the axis along which they go on for the steps where no model says it', async () => {
    const y = float64(
      [N],
      Array.from({ length: N }, (_, one) => one % 2),
    );
    const keras = { ...stepsSecond, dims: [...stepsSecond.dims, 1] };
    for (const x of [usual, stepsSecond, keras]) {
      const { instances, features } = await read({ x, y });
      assert.deepEqual([instances.length, features.length, instances[0]!.length], [N, F, T]);
      assert.deepEqual(
        rowsOf(instances[2]!)[1],
        Array.from({ length: T }, (_, step) => value(2, 1, step)),
      );
    }
    const noise = grid(N, T, F, (i, j, k) => ((i * 31 + j * 17 + k * 23 + i * j * k) * 0.618) % 1);
    assert.match(
      await refused({ x: noise, y }),
      /may have its steps in the second axis or in the last.*data\.layout=single/,
    );
    assert.equal((await read({ x: noise, y }, { layout: 'single' })).features.length, F);
  });

  it('asks where they go on along the first axis', async () => {
    assert.match(
      await refused({ x: stepsFirst }, input('NFT', F, null)),
      /go on along the first axis.*np\.transpose\(x, \(2, 1, 0\)\)/,
    );
    assert.equal(
      (await read({ x: stepsFirst }, { ...input('NFT', F, null), layout: 'transposed' })).instances.length,
      T,
    );
    assert.equal((await read({ x: usual }, input('NFT', F, null))).instances.length, N);
  });

  it('asks about a label inside a matrix where the model takes any number of steps', async () => {
    const matrix = float64(
      [N, T + 1],
      Array.from({ length: N * (T + 1) }, (_, at) =>
        at % (T + 1) === T ? Math.floor(at / (T + 1)) % 2 : value(Math.floor(at / (T + 1)), 0, at % (T + 1)),
      ),
    );
    for (const steps of [null, 40]) {
      assert.match(
        await refused({ x: matrix }, input('NFT', 1, steps)),
        /the last number of each row is whole and comes again/,
      );
    }
    const { instances } = await read({ x: matrix }, { ...input('NFT', 1, null), label: 'column 25' });
    assert.deepEqual(instances.map(({ label, length }) => [label, length]).slice(0, 2), [
      ['0', T],
      ['1', T],
    ]);
  });

  it('refuses labels of two axes that say no class, and a list of series saved array by array', async () => {
    const two = float64(
      [N, 2],
      Array.from({ length: N * 2 }, (_, at) => at % 3),
    );
    assert.match(
      await refused({ x: usual, y: two }),
      /"y" of shape \(8, 2\) holds 2 numbers for each series/,
    );
    const perStep = float64(
      [N, T],
      Array.from({ length: N * T }, (_, at) => at % 3),
    );
    assert.match(await refused({ x: usual, y: perStep }), /a label for each of 24 steps/);
    const series = (steps: number) =>
      float64(
        [steps, F],
        Array.from({ length: steps * F }, (_, at) => Math.sin(at)),
      );
    assert.match(
      await refused({ arr_0: series(9), arr_1: series(12), arr_2: series(7) }),
      /3 arrays of two axes, arr_0 to arr_2.*lengths=\[s\.shape\[0\]/,
    );
    assert.match(await refused({ arr_0: series(9), arr_1: series(9) }), /np\.stack\(series\)/);
  });
});
