import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { arraysOnDisk } from '../../../src/data/numpy/arraysOnDisk.ts';
import { readNpz } from '../../../src/data/numpy/readNpz.ts';
import { writeNpz } from '../../../src/data/numpy/writeNpz.ts';
import { crc32, plainCrc32 } from '../../../src/files/crc32.ts';
import { zipEntry } from '../../../src/formats/zip.ts';
import { float32 } from '../../../src/graph/tensor.ts';
import { Refusal } from '../../../src/refusal.ts';

const npy = (value: number) =>
  zipEntry(writeNpz({ x: float32([1, 1, 4], new Float32Array(4).fill(value)) }), 'x.npy')!;

describe('parts of a zip archive', () => {
  const folder = mkdtempSync(join(tmpdir(), 'attribution-zip-'));
  after(() => rmSync(folder, { recursive: true, force: true }));

  for (const [packing, level] of [
    ['stored', 0],
    ['deflated', 6],
  ] as const) {
    const archive = (parts: Record<string, Uint8Array>) => zipSync(parts, { level });
    const whole = archive({ 'x.npy': npy(1), 'y.npy': npy(2) });
    const view = Buffer.from(whole.buffer, whole.byteOffset, whole.length);
    const directory = view.readUInt32LE(whole.length - 22 + 16);
    const twice = Buffer.from(view);
    // The name in the directory and that in front of the bytes.
    for (let at = twice.indexOf('y.npy'); at >= 0; at = twice.indexOf('y.npy', at)) twice.write('x.npy', at);
    const spoilt = (change: (bytes: Buffer) => void) => {
      const bytes = Buffer.from(view);
      change(bytes);
      return bytes;
    };
    const cases: readonly (readonly [string, Uint8Array, RegExp])[] = [
      ['a part that stands twice', twice, /it holds "x\.npy" twice/],
      [
        'a checksum of something else',
        spoilt((bytes) => bytes.writeUInt32LE(0x12345678, directory + 16)),
        /the checksum of "x\.npy" does not match/,
      ],
      [
        'a part under a password',
        spoilt((bytes) => bytes.writeUInt16LE(bytes.readUInt16LE(directory + 8) | 1, directory + 8)),
        /locked.*its part "x\.npy" is encrypted.*without a password/,
      ],
    ];
    for (const [what, bytes, words] of cases) {
      it(`${packing}: ${what} is refused, in a data file, on disk and in a model`, async () => {
        const said = (work: () => unknown) =>
          assert.throws(work, (error) => error instanceof Refusal && words.test(error.message));
        said(() => readNpz(bytes, 'a.npz').get('x'));
        said(() => zipEntry(bytes, 'x.npy'));
        const path = join(folder, `${level}.npz`);
        writeFileSync(path, bytes);
        // Where an array stays on disk its rows are read one by one, and no checksum tells of them.
        if (level === 0 && /checksum/.test(words.source)) return;
        const onDisk = async () =>
          (await arraysOnDisk({ path }, 'x', {}, undefined, undefined)).arrays.series?.('x') ?? null;
        await assert.rejects(onDisk, (error) => error instanceof Refusal && words.test(error.message));
      });
    }

    it(`${packing}: one byte of the numbers that is another is seen`, () => {
      const at = view.indexOf('x.npy') + 5 + (level === 0 ? 128 + 1 : 20);
      const bytes = spoilt((copy) => copy.writeUInt8(copy.readUInt8(at) ^ 1, at));
      assert.throws(() => readNpz(bytes, 'a.npz').get('x'), { code: 'npz-corrupt' });
    });
  }

  it('are held against the checksum of ISO 3309, with and without the help of Node', () => {
    const bytes = new TextEncoder().encode('123456789');
    for (const of of [crc32, plainCrc32]) {
      assert.equal(of(bytes), 0xcbf43926);
      assert.equal(of(bytes.subarray(4), of(bytes.subarray(0, 4))), 0xcbf43926);
    }
  });
});
