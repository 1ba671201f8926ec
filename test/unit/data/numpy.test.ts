import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { readNpz } from '../../../src/data/numpy/readNpz.ts';
import { writeNpy, writeNpz } from '../../../src/data/numpy/writeNpz.ts';
import { type DataType, type Tensor, tensor } from '../../../src/graph/tensor.ts';
import { refusal } from '../refusal.ts';

const variants = readNpz(
  readFileSync(join(import.meta.dirname, '../../fixtures/numpy/variants.npz')),
  'variants.npz',
);

const refused = (work: () => unknown, code: string, sentence: RegExp) =>
  assert.throws(work, refusal(code, sentence));

describe('arrays written by numpy', () => {
  const expected = Array.from({ length: 24 }, (_, index) => index);
  const dtypes: Record<string, DataType> = {
    f4: 'float32',
    f8: 'float64',
    i1: 'int8',
    i2: 'int16',
    i4: 'int32',
    i8: 'int64',
    u1: 'uint8',
    u2: 'uint16',
    u4: 'uint32',
    u8: 'uint64',
  };
  for (const order of ['C', 'F']) {
    for (const [code, dtype] of Object.entries(dtypes)) {
      for (const endian of ['little', 'big']) {
        it(`${dtype}, ${endian}-endian, ${order} order`, () => {
          const array = variants.get(`${endian}_${code}_${order}`)!;
          assert.equal(array.dtype, dtype);
          assert.deepEqual(array.dims, [2, 3, 4]);
          assert.deepEqual(Array.from(array.data as ArrayLike<unknown>, Number), expected);
        });
      }
    }
    it(`bool and text, ${order} order`, () => {
      const flags = variants.get(`bool_${order}`)!;
      assert.equal(flags.dtype, 'bool');
      assert.deepEqual(
        [...(flags.data as Uint8Array)],
        expected.map((value) => (value % 3 === 0 ? 1 : 0)),
      );
      const text = variants.get(`text_${order}`)!;
      assert.equal(text.dtype, 'text');
      assert.deepEqual(text.data, ['a', 'bb', 'é', '字', '', 'long one']);
    });
  }

  it('bytes, scalars, arrays of nothing', () => {
    assert.deepEqual(variants.get('bytes')!.data, ['ab', 'c']);
    assert.deepEqual(variants.get('scalar')!.dims, []);
    assert.deepEqual(variants.get('none')!.dims, [0, 3]);
    assert.equal(variants.get('absent'), undefined);
  });

  it('half precision is read', () => {
    const half = variants.get('half')!;
    assert.deepEqual([half.dtype, [...half.data]], ['float64', [0, 0]]);
  });

  it('objects, complex and records are refused by name', () => {
    refused(
      () => variants.get('objects'),
      'npy-dtype',
      /^variants\.npz: array "objects" holds Python objects \(pickled\)/,
    );
    refused(() => variants.get('complex'), 'npy-dtype', /array "complex" has dtype <c8; save it as float32/);
    refused(() => variants.get('record'), 'npy-dtype', /array "record" is a structured array/);
  });
});

describe('writing', () => {
  const arrays: fc.Arbitrary<Tensor> = fc
    .array(fc.integer({ min: 0, max: 4 }), { maxLength: 3 })
    .chain((dims) => {
      const size = dims.reduce((product, dim) => product * dim, 1);
      const numbers = fc.array(fc.integer({ min: 0, max: 100 }), { minLength: size, maxLength: size });
      return fc.oneof(
        fc
          .array(fc.float(), { minLength: size, maxLength: size })
          .map((values) => tensor('float32', dims, Float32Array.from(values))),
        fc
          .array(fc.double(), { minLength: size, maxLength: size })
          .map((values) => tensor('float64', dims, Float64Array.from(values))),
        numbers.map((values) => tensor('int64', dims, BigInt64Array.from(values, BigInt))),
        numbers.map((values) => tensor('int32', dims, Int32Array.from(values))),
        numbers.map((values) =>
          tensor(
            'bool',
            dims,
            Uint8Array.from(values, (value) => value & 1),
          ),
        ),
        numbers.map((values) => tensor('uint16', dims, Uint16Array.from(values))),
      );
    });

  it('is read back as it was, text too', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 8 }).map((value) => value.replaceAll('\0', ''));
    fc.assert(
      fc.property(
        fc.dictionary(fc.stringMatching(/^[a-z_|]{1,8}$/), arrays, { maxKeys: 4 }),
        fc.array(text),
        (given, names) => {
          const bytes = writeNpz({ ...given, NAMES: names });
          const npz = readNpz(bytes, 'a.npz');
          assert.deepEqual(new Set(npz.names), new Set([...Object.keys(given), 'NAMES']));
          for (const [name, array] of Object.entries(given)) {
            assert.deepEqual(npz.get(name), array);
          }
          assert.deepEqual(npz.get('NAMES')!.data, names);
        },
      ),
    );
  });

  it('headers end on multiples of 64, as the format asks', () => {
    for (let axes = 1; axes < 40; axes++) {
      const bytes = writeNpy(tensor('uint8', new Array(axes).fill(1), Uint8Array.of(7)));
      const end = 10 + bytes[8]! + 256 * bytes[9]!;
      assert.equal(end % 64, 0);
      assert.equal(bytes[end - 1], 10);
      assert.equal(bytes.length, end + 1);
    }
  });
});
