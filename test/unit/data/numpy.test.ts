import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { zipSync } from 'fflate';
import { readNpy } from '../../../src/data/numpy/readNpy.ts';
import { readNpz } from '../../../src/data/numpy/readNpz.ts';
import { writeNpy, writeNpz } from '../../../src/data/numpy/writeNpz.ts';
import { type DataType, float32, type Tensor, tensor } from '../../../src/graph/tensor.ts';
import { Refusal } from '../../../src/refusal.ts';

const variants = readNpz(
  readFileSync(join(import.meta.dirname, '../../fixtures/numpy/variants.npz')),
  'variants.npz',
);

function refused(work: () => unknown, code: string, sentence: RegExp): void {
  assert.throws(work, (error) => {
    assert.ok(error instanceof Refusal, String(error));
    assert.equal(error.code, code);
    assert.match(error.message, sentence);
    return true;
  });
}

/** A .npy array with a header of our own writing. */
function npy(header: string, body: Uint8Array = new Uint8Array(), version = 1): Uint8Array {
  const text = new TextEncoder().encode(header);
  const length =
    version === 1 ? [text.length & 255, text.length >> 8] : [text.length & 255, text.length >> 8, 0, 0];
  return Uint8Array.of(0x93, ...new TextEncoder().encode('NUMPY'), version, 0, ...length, ...text, ...body);
}

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

describe('hostile arrays', () => {
  const header = (shape: string, descr = '<f4'): string =>
    `{'descr': '${descr}', 'fortran_order': False, 'shape': ${shape}, }\n`;

  it('versions 1, 2 and 3 are read, others refused', () => {
    for (const version of [1, 2, 3]) {
      assert.deepEqual(readNpy(npy(header('(1,)'), new Uint8Array(4), version), 'a').dims, [1]);
    }
    refused(
      () => readNpy(npy(header('(1,)'), new Uint8Array(4), 4), 'a.npy'),
      'npy-version',
      /^a\.npy has \.npy format version 4/,
    );
  });

  it('truncated anywhere', () => {
    const whole = writeNpy(float32([2, 3], [1, 2, 3, 4, 5, 6]));
    for (let length = 0; length < whole.length; length++) {
      assert.throws(() => readNpy(whole.slice(0, length), 'a.npy'), { name: 'Refusal' }, `cut at ${length}`);
    }
    refused(
      () => readNpy(whole.slice(0, -4), 'a.npy'),
      'npy-truncated',
      /^a\.npy of shape \(2, 3\) needs 24 bytes and has 20: the file is truncated/,
    );
  });

  it('shapes that do not fit are refused before anything is allocated', () => {
    refused(
      () => readNpy(npy(header('(999999999, 999999, 9)')), 'a'),
      'npy-truncated',
      /needs .* bytes and has 0/,
    );
    refused(
      () => readNpy(npy(header('(99999999999999999999,)')), 'a'),
      'npy-header',
      /which no array can have/,
    );
    refused(() => readNpy(npy(header('(-1,)')), 'a'), 'npy-header', /header that cannot be read/);
    refused(() => readNpy(npy('junk'), 'a'), 'npy-header', /header that cannot be read/);
    refused(() => readNpy(npy(header('(1,)', '|V999999')), 'a'), 'npy-dtype', /dtype \|V999999/);
    refused(() => readNpy(npy(header('(1,)', '<U99999999')), 'a'), 'npy-dtype', /dtype <U99999999/);
    refused(() => readNpy(Uint8Array.from([1, 2, 3]), 'a'), 'npy-header', /does not begin like a \.npy/);
  });

  it('archives: truncated, corrupt, too large, too many entries', () => {
    const whole = writeNpz({ x: float32([2], [1, 2]) });
    refused(
      () => readNpz(whole.slice(0, 40), 'a.npz'),
      'npz-corrupt',
      /^a\.npz is not a readable \.npz: .*corrupt or truncated/,
    );
    for (let at = 0; at < whole.length; at++) {
      const broken = whole.slice();
      broken[at] = broken[at]! ^ 0xff;
      try {
        readNpz(broken, 'a.npz').get('x');
      } catch (error) {
        assert.ok(error instanceof Refusal, `byte ${at}: ${error}`);
      }
    }
    // A zip bomb: the directory claims 3 GB for what is a few bytes.
    const bomb = whole.slice();
    const directory = bomb.findIndex(
      (_, at) => bomb[at] === 0x50 && bomb[at + 1] === 0x4b && bomb[at + 2] === 1,
    );
    new DataView(bomb.buffer).setUint32(directory + 24, 3 * 2 ** 30, true);
    refused(
      () => readNpz(bomb, 'a.npz').get('x'),
      'npz-too-large',
      /array "x" claims to unpack to 3\.0 GB; at most 1 GB/,
    );
    // One that unpacks to more than it claims.
    const inflated = zipSync({ 'x.npy': new Uint8Array(10_000_000) });
    const entry = inflated.findLastIndex(
      (_, at) => inflated[at] === 0x50 && inflated[at + 1] === 0x4b && inflated[at + 2] === 1,
    );
    new DataView(inflated.buffer).setUint32(entry + 24, 100, true);
    assert.throws(() => readNpz(inflated, 'a.npz').get('x'), { name: 'Refusal' });
    const many = Object.fromEntries(
      Array.from({ length: 10_001 }, (_, index) => [`${index}.npy`, new Uint8Array()]),
    );
    refused(
      () => readNpz(zipSync(many, { level: 0 }), 'a.npz'),
      'npz-too-many',
      /lists more than 10000 arrays/,
    );
  });

  it('names that lead out of the folder are only names', () => {
    const bytes = zipSync({ '../../x.npy': writeNpy(float32([1], [7])) });
    assert.deepEqual(readNpz(bytes, 'a.npz').names, ['../../x']);
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
