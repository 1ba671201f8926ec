import assert from 'node:assert/strict';
import fc from 'fast-check';
import { float32, int64 } from '../../../../src/graph/tensor.ts';
import { codes, refusalOf, rowsOf } from '../reading.ts';
import { count, float64, input, read } from './arrays.ts';

describe('npz and npy as datasets', () => {
  it('x [N, F, T] with names, ids, labels and lengths', async () => {
    const dataset = await read({
      x: float64([2, 2, 3], count(12)),
      lengths: int64([2], [3, 2]),
      y: int64([2], [1, 0]),
      feature_names: ['a', 'b'],
      instance_ids: ['p', 'q'],
    });
    assert.equal(dataset.format, 'npz');
    assert.equal(dataset.layout, 'array');
    assert.deepEqual(dataset.features, ['a', 'b']);
    assert.equal(dataset.maskOrigin, 'array lengths in the file');
    assert.deepEqual(
      dataset.instances.map((instance) => [
        instance.id,
        instance.label,
        instance.length,
        rowsOf(instance),
        [...instance.mask!],
      ]),
      [
        [
          'p',
          '1',
          3,
          [
            [1, 2, 3],
            [4, 5, 6],
          ],
          [1, 1, 1],
        ],
        [
          'q',
          '0',
          3,
          [
            [7, 8, 9],
            [10, 11, 12],
          ],
          [1, 1, 0],
        ],
      ],
    );
    assert.equal(dataset.instances[0]!.prepared, undefined);
  });

  it('float32 in the exact input shape is prepared, in every layout', async () => {
    const instance = [1, 2, 3, 4, 5, 6];
    const transposed = [1, 4, 2, 5, 3, 6];
    for (const [layout, dims, values] of [
      ['NFT', [1, 2, 3], instance],
      ['NTF', [1, 3, 2], transposed],
      ['NFT1', [1, 2, 3, 1], instance],
      ['NTF1', [1, 3, 2, 1], transposed],
      ['N1FT', [1, 1, 2, 3], instance],
      ['N1TF', [1, 1, 3, 2], transposed],
      // The form scripts write is understood whatever the model's layout.
      ['NTF', [1, 2, 3], instance],
    ] as const) {
      const dataset = await read({ x: float32([...dims], [...values]) }, input(layout, 2, 3));
      assert.equal(dataset.instances[0]!.prepared, true, layout);
      assert.deepEqual(
        rowsOf(dataset.instances[0]!),
        [
          [1, 2, 3],
          [4, 5, 6],
        ],
        layout,
      );
    }
  });

  it('other dtypes, other lengths or no model: raw', async () => {
    const raw = await read({ x: float64([1, 2, 3], count(6)) }, input('NFT', 2, 3));
    assert.equal(raw.instances[0]!.prepared, undefined);
    assert.ok(codes(raw).includes('array-not-float32'));
    assert.equal(
      (await read({ x: float32([1, 2, 3], count(6)) }, input('NFT', 2, 5))).instances[0]!.prepared,
      undefined,
    );
    assert.equal((await read({ x: float32([1, 2, 3], count(6)) })).instances[0]!.prepared, undefined);
    assert.equal(
      (await read({ x: float32([1, 2, 3], count(6)) }, input('NFT', 2, null))).instances[0]!.prepared,
      true,
    );
  });

  it('fills missing values within the mask only', async () => {
    const x = float64([1, 1, 5], [1, Number.NaN, 3, 100, Number.NaN]);
    const dataset = await read({ x, lengths: int64([1], [3]) }, { missing: 'interpolate' });
    assert.deepEqual([...dataset.instances[0]!.values], [1, 2, 3, 100, Number.NaN]);
  });

  it('gives back what was written', async () => {
    const shapes = fc.tuple(
      fc.integer({ min: 1, max: 3 }),
      fc.integer({ min: 1, max: 3 }),
      fc.integer({ min: 1, max: 5 }),
    );
    const cases = shapes.chain(([n, f, t]) =>
      fc.record({
        dims: fc.constant([n, f, t]),
        values: fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), {
          minLength: n * f * t,
          maxLength: n * f * t,
        }),
        lengths: fc.array(fc.integer({ min: 1, max: t }), { minLength: n, maxLength: n }),
      }),
    );
    await fc.assert(
      fc.asyncProperty(cases, async ({ dims, values, lengths }) => {
        const dataset = await read({ x: float64(dims, values), lengths: int64([lengths.length], lengths) });
        assert.deepEqual(
          dataset.instances.flatMap(({ values: own }) => [...own]),
          values,
        );
        assert.deepEqual(
          dataset.instances.map(({ mask }) => mask!.reduce((sum, value) => sum + value, 0)),
          lengths,
        );
      }),
    );
  });

  it('takes measurements for no classes, and says so', async () => {
    const x = float64([4, 1, 3], count(12));
    const dataset = await read({ x, y: float64([4], [0.25, 1.5, -3.125, 2]) });
    assert.ok(codes(dataset).includes('labels-no-classes'));
    assert.equal(dataset.instances[0]!.label, undefined);
    assert.equal((await read({ x, y: float64([4], [0, 1, 0, 1]) })).instances[1]!.label, '1');
  });

  it('a number that stands for a missing value is said where it stands among others, not where it pads', async () => {
    const values = count(48).map((n) => Math.sin(n) * 3);
    const x = values.map((value, at) => (at >= 5 && at < 9 ? -999 : value));
    const among = await read({ x: float64([2, 2, 12], x) });
    assert.match(
      among.findings.find(({ code }) => code === 'sentinel-values')!.sentence,
      /-999 stands in f0 far from all other values/,
    );
    const pads = values.map((value, at) => (at % 12 > 8 ? -999 : value));
    const padded = await read({ x: float64([2, 2, 12], pads) });
    assert.ok(!padded.findings.some(({ code }) => code === 'sentinel-values'));
  });

  it('as many labels as the second axis is long show that steps come first', async () => {
    const refused = await refusalOf(read({ x: float64([8, 3, 2], count(48)), y: int64([3], [0, 1, 0]) }));
    assert.match(refused.message, /shape \(8, 3, 2\) beside 3 labels.*np\.transpose\(x, \(1, 2, 0\)\)/);
  });

  it('as many as the last axis is long show that instances come last', async () => {
    const refused = await refusalOf(read({ x: float64([2, 8, 3], count(48)), y: int64([3], [0, 1, 0]) }));
    assert.match(refused.message, /last axis numbers the instances.*np\.transpose\(x, \(2, 0, 1\)\)/);
  });

  it('trainX and trainY, X_te and y_te, signals and annotations belong together', async () => {
    for (const [x, y] of [
      ['trainX', 'trainY'],
      ['X_te', 'y_te'],
      ['signals', 'annotations'],
    ] as const) {
      const { instances } = await read({ [x]: float64([3, 2, 8], count(48)), [y]: int64([3], [2, 1, 0]) });
      assert.deepEqual(
        instances.map(({ label }) => label),
        ['2', '1', '0'],
        x,
      );
    }
  });

  it('labels that are shares of the classes are the largest of each, and that is said', async () => {
    const y = float64([3, 3], [0.1, 0.9, 0, 0.8, 0.1, 0.1, 0, 0, 1]);
    const dataset = await read({ x: float64([3, 2, 8], count(48)), y });
    assert.deepEqual(
      dataset.instances.map(({ label }) => label),
      ['1', '0', '2'],
    );
    assert.ok(codes(dataset).includes('labels-shares'));
  });
});
