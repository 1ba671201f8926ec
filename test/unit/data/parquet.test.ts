import assert from 'node:assert/strict';
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openRanges } from '../../../src/data/parquet/ranges.ts';
import { RowGroup } from '../../../src/data/parquet/rowGroup.ts';
import { readDataset } from '../../../src/data/readDataset.ts';
import { readBytes, refusalOf, rowsOf } from './reading.ts';

const fixture = (name: string) => readFileSync(join(import.meta.dirname, '../../fixtures/parquet', name));
async function* none() {}
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
    const group = new RowGroup();
    group.add([
      { from: 2, values: [3] },
      { from: 0, values: [1, null] },
    ]);
    group.add([{ from: 0, values: ['x', 'y', 'z'] }]);
    assert.deepEqual(
      [0, 1, 2].map((row) => group.row(row)),
      [
        [1, 'x'],
        [null, 'y'],
        [3, 'z'],
      ],
    );
  });

  it('values come back as they are: gaps, numbers that are none, long whole numbers, words', () => {
    const columns: ArrayLike<unknown>[] = [
      [1.5, null, -0, 3],
      [1.5, null, Number.NaN, undefined],
      Float32Array.of(0.1, 1, Number.NaN, Number.POSITIVE_INFINITY),
      BigInt64Array.of(1n, 2n ** 60n, -3n, 0n),
      BigInt64Array.of(1n, -2n, 3n, 4n),
      ['a', null, 'a', 'b'],
      [true, false, null, true],
    ];
    const group = new RowGroup();
    for (const values of columns) group.add([{ from: 0, values }]);
    const rows = [0, 1, 2, 3].map((row) => group.row(row));
    const wanted = (row: number) => columns.map((values) => values[row]);
    const told = (values: unknown[]) =>
      values.map((value, column) =>
        column === 4 ? Number(value) : column === 0 || column === 1 ? (value ?? null) : value,
      );
    for (const [row, values] of rows.entries()) assert.deepEqual(told(values), told(wanted(row)));
    assert.ok(Object.is(rows[2]![0], -0));
  });

  it('runs longer than a piece', () => {
    const group = new RowGroup();
    const values = Float64Array.from({ length: 2 ** 16 + 3 }, (_, i) => i / 4);
    group.add([{ from: 0, values }]);
    for (const row of [0, 2 ** 16 - 1, 2 ** 16, 2 ** 16 + 2]) assert.deepEqual(group.row(row), [row / 4]);
  });

  it('of lists has its rows as instances; what is none is refused', async () => {
    const lists = await readBytes(fixture('lists.parquet'), {}, 'lists.parquet');
    assert.deepEqual(
      lists.instances.map(({ id, values }) => [id, ...values]),
      [
        ['1', 1, 2],
        ['2', 3, 4],
      ],
    );
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
