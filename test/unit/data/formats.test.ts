import assert from 'node:assert/strict';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as zlib from 'node:zlib';
import { openBytes } from '../../../src/data/byteSource.ts';
import { openRanges } from '../../../src/data/parquet/ranges.ts';
import { RowGroup } from '../../../src/data/parquet/rowGroup.ts';
import { readDataset } from '../../../src/data/readDataset.ts';
import { unzipped } from '../../../src/data/unzipped.ts';
import { codes, readBytes, readText, refusalOf, rowsOf } from './reading.ts';

const fixture = (name: string) => readFileSync(join(import.meta.dirname, '../../fixtures/parquet', name));
async function* none() {}
const long = 'case,time,label,ax\na,0,walk,1\na,1,walk,2\na,2,walk,4\nb,0,run,3\nb,1,run,5\nb,2,run,4\n';

describe('Packed text', () => {
  it('is read like the text in it', async () => {
    const plain = await readText(long);
    const { plan, ...packed } = await readBytes(zlib.gzipSync(long), {}, 'data.csv.gz');
    assert.deepEqual(packed.instances.map(rowsOf), plain.instances.map(rowsOf));
    assert.equal(plan?.file, 'data.csv');
  });

  it('that is none, or cut off, is refused', async () => {
    for (const bytes of [Buffer.from(long), zlib.gzipSync(long.repeat(400)).subarray(0, 60)]) {
      const { code, message } = await refusalOf(readBytes(bytes, {}, 'data.csv.gz'));
      assert.equal(code, 'gzip-corrupt', message);
    }
    assert.equal(
      (await refusalOf(readBytes(zlib.gzipSync('x'), {}, 'a.npz.gz'))).code,
      'unknown-data-format',
    );
  });

  it('that unpacks to more than is read is stopped', async () => {
    const content = zlib.gzipSync(Buffer.alloc(1 << 22, '1,2\n'));
    const pieces = unzipped(await openBytes({ path: '/nowhere/bomb.csv.gz', content }), 1e6).chunks();
    const all = async () => {
      for await (const piece of pieces) assert.ok(piece.length <= 1 << 20);
    };
    assert.equal((await refusalOf(all())).code, 'file-too-large');
  });
});

describe('ARFF', () => {
  const head =
    "% a set\n@relation 'gun point'\n@attribute 'att1' numeric\n@attribute att2 REAL\n@attribute att3 real\n@attribute target {2,1}\n\n@data\n";
  it('is the table it describes, with its classes', async () => {
    const set = await readText(`${head}0.5,1.5,2.5,1\n% between\n0.25,1,?,2\n1,2,3,1\n`, {}, 'gun.arff');
    assert.deepEqual(
      set.instances.map(({ label }) => label),
      ['1', '2', '1'],
    );
    assert.deepEqual(
      set.instances.map(({ length }) => length),
      [3, 2, 3],
    );
    assert.deepEqual(
      set.instances.map(({ line }) => line),
      [9, 11, 12],
    );
    assert.deepEqual(set.classes, ['2', '1']);
  });

  for (const [what, text, code] of [
    ['without data', '@relation a\n@attribute x numeric\n', 'arff-header'],
    ['with a line of another kind', '@relation a\nhello\n@data\n1\n', 'arff-header'],
    ['of relations', '@relation a\n@attribute x relational\n@data\n1\n', 'arff-relational'],
    ['of sparse rows', '@relation a\n@attribute x numeric\n@data\n{0 1}\n', 'arff-sparse'],
  ] as const) {
    it(`${what} is refused`, async () => {
      assert.equal((await refusalOf(readText(text, {}, 'a.arff'))).code, code);
    });
  }
});

describe('Parquet', () => {
  const truth = JSON.parse(fixture('long.json').toString()) as Record<string, (string | number)[]>;
  const codecs = ['snappy', 'gzip', 'zstd'];
  for (const codec of codecs) {
    it(`of pyarrow packed by ${codec} is read as the table it is`, async () => {
      const set = await readBytes(fixture(`long_${codec}.parquet`), {}, 'long.parquet');
      assert.equal(set.format, 'parquet');
      assert.deepEqual([set.layout, set.features], ['long', ['ax', 'ay']]);
      assert.deepEqual(
        set.instances.map(({ id, label, length }) => [id, label, length]),
        [
          ['c0', 'walk', 4],
          ['c1', 'run', 5],
          ['c2', 'walk', 6],
        ],
      );
      const all = set.instances.flatMap((instance) => rowsOf(instance)[0]!);
      assert.deepEqual(all, truth.ax);
      assert.ok(set.instances.every(({ lines, line }) => lines === undefined && line === undefined));
    });
  }

  it('is read from disk part by part, and refused where it ends on the way', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'attribution-'));
    try {
      const path = join(folder, 'long.parquet');
      copyFileSync(join(import.meta.dirname, '../../fixtures/parquet/long_snappy.parquet'), path);
      const set = await readDataset({ path }, {});
      assert.deepEqual(
        set.instances.flatMap((instance) => rowsOf(instance)[0]!),
        truth.ax,
      );
      const open = await openRanges({ name: 'long.parquet', path, onDisk: true, size: 1e6, chunks: none });
      await assert.rejects(async () => open.file.slice(0), { code: 'file-changed' });
      await open.close();
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('a column may come in runs, in any order', () => {
    const group = new RowGroup(['a', 'b']);
    group.add({ columnName: 'b', columnData: ['x', 'y', 'z'], rowStart: 10 });
    group.add({ columnName: 'a', columnData: [3], rowStart: 12 });
    group.add({ columnName: 'a', columnData: [1, null], rowStart: 10 });
    assert.deepEqual(
      [10, 11, 12].map((row) => group.row(row)),
      [
        [1, 'x'],
        [null, 'y'],
        [3, 'z'],
      ],
    );
  });

  it('of lists, and what is none, is refused', async () => {
    const lists = await refusalOf(readBytes(fixture('lists.parquet'), {}, 'lists.parquet'));
    assert.equal(lists.code, 'parquet-nested');
    const broken = fixture('long_snappy.parquet').subarray(40);
    for (const bytes of [Buffer.from('PAR1 no'), broken, Buffer.alloc(64)]) {
      const { code, message } = await refusalOf(readBytes(bytes, {}, 'x.parquet'));
      assert.equal(code, 'parquet-corrupt');
      assert.match(
        message,
        /^x\.parquet cannot be read as parquet \((parquet [^()]+(\([^()]+\))?|it is damaged)\); save/,
      );
    }
  });
});

describe('Arrays in files of their own', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'attribution-pairs-'));
    writeFileSync(
      join(folder, 'X_test.npy'),
      npy('<f2', [2, 1, 3], Uint16Array.of(0x3c00, 0x4000, 0xc200, 0x3800, 0, 0x7bff)),
    );
    writeFileSync(join(folder, 'y_test.npy'), npy('<i8', [2], BigInt64Array.of(1n, 0n)));
    writeFileSync(join(folder, 'data.npy'), npy('<f4', [2, 1, 3], new Float32Array(6)));
    writeFileSync(join(folder, 'y.npy'), npy('|u1', [2, 3], Uint8Array.of(0, 0, 1, 1, 0, 0)));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('belong together by their names; half precision is exact', async () => {
    const set = await readDataset({ path: join(folder, 'X_test.npy') }, {});
    assert.deepEqual(
      set.instances.map(({ label }) => label),
      ['1', '0'],
    );
    assert.deepEqual(set.instances.map(rowsOf), [[[1, 2, -3]], [[0.5, 0, 65504]]]);
    assert.ok(codes(set).includes('arrays-beside'));
  });

  it('labels of one 1 in each row are the class at its place', async () => {
    const set = await readDataset({ path: join(folder, 'data.npy') }, {});
    assert.deepEqual(
      set.instances.map(({ label }) => label),
      ['2', '0'],
    );
  });
});

function npy(descr: string, dims: readonly number[], { buffer }: { buffer: ArrayBufferLike }): Buffer {
  const shape = `(${dims.join(', ')}${dims.length === 1 ? ',' : ''})`;
  const header = `{'descr': '${descr}', 'fortran_order': False, 'shape': ${shape}, }`;
  const padded = header.padEnd(Math.ceil((header.length + 11) / 64) * 64 - 11, ' ');
  const start = Buffer.from(`\x93NUMPY\x01\x00\x00\x00${padded}\n`, 'latin1');
  start.writeUInt16LE(padded.length + 1, 8);
  return Buffer.concat([start, Buffer.from(buffer)]);
}
