import assert from 'node:assert/strict';
import { zipSync } from 'fflate';
import { readNpy } from '../../../src/data/numpy/readNpy.ts';
import { readNpz } from '../../../src/data/numpy/readNpz.ts';
import { writeNpy, writeNpz } from '../../../src/data/numpy/writeNpz.ts';
import { float32 } from '../../../src/graph/tensor.ts';
import { Refusal } from '../../../src/refusal.ts';
import { refusal } from '../refusal.ts';

const refused = (work: () => unknown, code: string, sentence: RegExp) =>
  assert.throws(work, refusal(code, sentence));

/** A .npy array with a header of our own writing. */
function npy(header: string, body: Uint8Array = new Uint8Array(), version = 1): Uint8Array {
  const text = new TextEncoder().encode(header);
  const length =
    version === 1 ? [text.length & 255, text.length >> 8] : [text.length & 255, text.length >> 8, 0, 0];
  return Uint8Array.of(0x93, ...new TextEncoder().encode('NUMPY'), version, 0, ...length, ...text, ...body);
}

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
