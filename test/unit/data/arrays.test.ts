import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { DataOptions, ExpectedInput } from '../../../src/data/dataOptions.ts';
import type { Dataset } from '../../../src/data/dataset.ts';
import { writeNpy, writeNpz } from '../../../src/data/numpy/writeNpz.ts';
import { float32, int64, type Tensor, tensor } from '../../../src/graph/tensor.ts';
import { codes, readBytes, refusalOf, rowsOf } from './reading.ts';

type Arrays = Record<string, Tensor | readonly string[]>;

const read = (arrays: Arrays, options: DataOptions = {}): Promise<Dataset> =>
  readBytes(writeNpz(arrays), options, 'data.npz');

const float64 = (dims: readonly number[], values: number[]): Tensor =>
  tensor('float64', dims, Float64Array.from(values));
const count = (n: number): number[] => Array.from({ length: n }, (_, index) => index + 1);
const input = (
  layout: ExpectedInput['layout'],
  features: number,
  steps: number | null,
): { input: ExpectedInput } => ({
  input: { layout, features, steps },
});

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

  it('features last, or one instance without its axis, where only that fits the model; it is said', async () => {
    const last = await read({ x: float64([1, 4, 2], count(8)) }, input('NFT', 2, 9));
    assert.deepEqual(rowsOf(last.instances[0]!), [
      [1, 3, 5, 7],
      [2, 4, 6, 8],
    ]);
    assert.match(last.findings.find(({ code }) => code === 'array-axes')!.sentence, /read as \[N, T, F\]/);
    assert.deepEqual(
      rowsOf((await read({ x: float64([2, 3], count(6)) }, input('NFT', 2, 3))).instances[0]!),
      [
        [1, 2, 3],
        [4, 5, 6],
      ],
    );
    assert.deepEqual(
      rowsOf((await read({ x: float64([3, 2], count(6)) }, input('NFT', 2, 3))).instances[0]!),
      [
        [1, 3, 5],
        [2, 4, 6],
      ],
    );
    const univariate = await read({ x: float64([2, 3], count(6)) }, input('NFT', 1, 3));
    assert.deepEqual(univariate.instances.map(rowsOf), [[[1, 2, 3]], [[4, 5, 6]]]);
    assert.ok(codes(await read({ x: float64([2, 3], count(6)) })).includes('array-axes'));
    const plain = await readBytes(writeNpy(float64([3], [1, 2, 4])), {}, 'data.npy');
    assert.equal(plain.format, 'npy');
    assert.deepEqual(rowsOf(plain.instances[0]!), [[1, 2, 4]]);
  });

  it("NaN in every feature at the end is padding, with a finding, float32 in the model's shape too; NaN elsewhere in it is refused", async () => {
    const values = [1, 2, Number.NaN, 4, 5, Number.NaN];
    const dataset = await read({ x: float64([1, 2, 3], values) });
    assert.deepEqual([...dataset.instances[0]!.mask!], [1, 1, 0]);
    assert.ok(codes(dataset).includes('nan-padding'));
    const single = await read({ x: float32([1, 2, 3], values) }, input('NFT', 2, 3));
    assert.deepEqual([...single.instances[0]!.mask!], [1, 1, 0]);
    assert.equal(single.instances[0]!.prepared, undefined);
    const gap = [1, Number.NaN, 3, 4, 5, 6];
    const refusal = await refusalOf(read({ x: float32([1, 2, 3], gap) }, input('NFT', 2, 3)));
    assert.match(refusal.message, /holds NaN or infinity \(instance 0, feature f0, step 1, counted from 0\)/);
  });

  it('fills missing values within the mask only', async () => {
    const x = float64([1, 1, 5], [1, Number.NaN, 3, 100, Number.NaN]);
    const dataset = await read({ x, lengths: int64([1], [3]) }, { missing: 'interpolate' });
    assert.deepEqual([...dataset.instances[0]!.values], [1, 2, 3, 100, Number.NaN]);
  });

  it('a mask array, or any array the mask choice names', async () => {
    const x = float64([2, 1, 3], count(6));
    const masked = await read({ x, mask: tensor('bool', [2, 3], Uint8Array.of(0, 1, 1, 1, 0, 1)) });
    assert.deepEqual(
      masked.instances.map(({ mask }) => [...mask!]),
      [
        [0, 1, 1],
        [1, 0, 1],
      ],
    );
    const named = await read(
      { x, real: int64([2], [1, 2]) },
      { lengthColumn: { column: 'real', side: 'front' } },
    );
    assert.deepEqual(
      named.instances.map(({ mask }) => [...mask!]),
      [
        [0, 0, 1],
        [0, 1, 1],
      ],
    );
    assert.equal(named.maskOrigin, 'array real in the file');
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

  const x = float64([2, 1, 3], count(6));
  const bad: readonly (readonly [string, Arrays, string, RegExp, DataOptions?])[] = [
    [
      'no x',
      { a: x, b: x },
      'no-x',
      /^data\.npz has no array "x" \[N, F, T\] with the series; it holds a, b\.$/,
    ],
    ['text as x', { x: ['a', 'b'] }, 'npy-dtype', /^data\.npz: array "x" holds text/],
    ['nothing', { x: float64([0, 2, 3], []) }, 'array-shape', /array "x" of shape \(0, 2, 3\) holds nothing/],
    ['a scalar', { x: float64([], [1]) }, 'array-shape', /of shape \(\) holds nothing/],
    [
      'four axes',
      { x: float64([1, 2, 1, 2], count(4)) },
      'array-shape',
      /has shape \(1, 2, 1, 2\); \[N, F, T\] is expected/,
    ],
    [
      'two axes that do not fit the model',
      { x: float64([3, 4], count(12)) },
      'array-shape',
      /\(3, 4\); \[N, F, T\] with F = 2/,
      input('NFT', 2, 9),
    ],
    [
      'too few lengths',
      { x, lengths: int64([1], [2]) },
      'array-shape',
      /array "lengths" has shape \(1\), \(2\) is expected/,
    ],
    [
      'a length of 0',
      { x, lengths: int64([2], [2, 0]) },
      'bad-length',
      /^data\.npz: lengths\[1\] is 0; a length is a whole number from 1 to 3\.$/,
    ],
    ['a length beyond T', { x, lengths: int64([2], [2, 4]) }, 'bad-length', /lengths\[1\] is 4/],
    [
      'a mask of 2',
      { x, mask: int64([2, 3], [1, 1, 1, 1, 2, 1]) },
      'bad-mask',
      /^data\.npz: mask\[1, 1\] is 2; /,
    ],
    [
      'a mask of zeros',
      { x, mask: int64([2, 3], [1, 1, 1, 0, 0, 0]) },
      'bad-mask',
      /^data\.npz: mask\[1\] has no real step\.$/,
    ],
    [
      'mask and lengths that disagree',
      { x, mask: int64([2, 3], [1, 1, 0, 1, 1, 1]), lengths: int64([2], [3, 3]) },
      'mask-lengths',
      /disagree on instance 0 \(2 against 3 real steps\)/,
    ],
    [
      'ids that are not distinct',
      { x, instance_ids: ['a', 'a'] },
      'duplicate-case',
      /instance_ids\[0\] and \[1\] are both "a"/,
    ],
    [
      'another count of features',
      { x },
      'feature-count',
      /has 1 feature without names, but attribution\.json lists 2\.$/,
      { features: ['a', 'b'] },
    ],
    [
      'a mask array that is not there',
      { x },
      'unknown-array',
      /^data\.npz has no array "real"; it holds x\.$/,
      { maskColumn: 'real' },
    ],
    [
      'infinity',
      { x: float64([1, 1, 2], [1, Number.POSITIVE_INFINITY]), lengths: int64([1], [2]) },
      'missing-value',
      /\(instance 0, feature f0, step 1, counted from 0\); put a number there/,
    ],
  ];
  for (const [what, arrays, code, sentence, options] of bad) {
    it(`refuses ${what}`, async () => {
      const refusal = await refusalOf(read(arrays, options));
      assert.match(refusal.message, sentence);
      assert.equal(refusal.code, code);
    });
  }

  it('takes a mask of each feature where all say the same', async () => {
    const x = float64([2, 2, 3], count(12));
    const real = [1, 1, 0, 1, 0, 0];
    const each = [1, 1, 0, 1, 1, 0, 1, 0, 0, 1, 0, 0];
    const last = [1, 1, 1, 1, 0, 0, 1, 1, 0, 0, 0, 0];
    for (const mask of [
      float64([2, 3], real),
      float64([2, 1, 3], real),
      float64([2, 3, 1], real),
      float64([2, 2, 3], each),
      float64([2, 3, 2], last),
    ]) {
      const { instances } = await read({ x, mask });
      assert.deepEqual(
        instances.map((one) => [...one.mask!]),
        [real.slice(0, 3), real.slice(3)],
      );
    }
    const other = float64([2, 2, 3], [...each.slice(0, -3), 1, 1, 0]);
    assert.equal((await refusalOf(read({ x, mask: other }))).code, 'array-shape');
  });

  it('turns a key_padding_mask round by its name where the values do not tell', async () => {
    const x = float64([2, 1, 3], count(6));
    const mask = float64([2, 3], [0, 0, 0, 0, 0, 1]);
    const turned = await read({ x, key_padding_mask: mask });
    assert.deepEqual(
      turned.instances.map((one) => [...one.mask!]),
      [
        [1, 1, 1],
        [1, 1, 0],
      ],
    );
    assert.ok(codes(turned).includes('mask-inverted'));
    const plain = float64([2, 3], [1, 1, 1, 1, 1, 0]);
    assert.ok(!codes(await read({ x, mask: plain })).includes('mask-inverted'));
  });

  it('takes measurements for no classes, and says so', async () => {
    const x = float64([4, 1, 3], count(12));
    const dataset = await read({ x, y: float64([4], [0.25, 1.5, -3.125, 2]) });
    assert.ok(codes(dataset).includes('labels-no-classes'));
    assert.equal(dataset.instances[0]!.label, undefined);
    assert.equal((await read({ x, y: float64([4], [0, 1, 0, 1]) })).instances[1]!.label, '1');
  });

  it('says which order is taken where the shape leaves two', async () => {
    const square = float64([2, 3, 3], count(18));
    assert.ok(codes(await read({ x: square }, input('NFT', 3, null))).includes('axes-unsure'));
    const thin = await read({ x: float64([1, 4, 2], count(8)) });
    assert.match(thin.findings.map(({ sentence }) => sentence).join(), /that is 4 features of 2 steps/);
    assert.ok(!codes(await read({ x: float64([1, 2, 4], count(8)) })).includes('axes-unsure'));
    const timeFirst = await read({ x: float64([4, 3, 2], count(24)) }, input('NFT', 2, 4));
    assert.match(timeFirst.findings.map(({ sentence }) => sentence).join(), /if time stands first/);
    assert.ok(
      !codes(await read({ x: float64([1, 4, 2], count(8)) }, input('NFT', 2, 4))).includes('axes-unsure'),
    );
  });

  it('refuses files that are neither', async () => {
    const refusal = await refusalOf(readBytes(new TextEncoder().encode('hello'), {}, 'data.npz'));
    assert.match(refusal.message, /^data\.npz is neither a \.npz archive nor a \.npy array/);
  });
});
