import assert from 'node:assert/strict';
import { columnsOf, readColumn } from '../../../src/data/parquet/columnChunk.ts';
import { readFooter } from '../../../src/data/parquet/footer.ts';
import { type Forged, type Page, parquetBytes } from './parquetBytes.ts';
import { readBytes, refusalOf } from './reading.ts';
import { varint, zigzag } from './thriftBytes.ts';

const doubles = (...values: number[]) => [...new Uint8Array(Float64Array.from(values).buffer)];
const uint32 = (value: number) => [...new Uint8Array(Uint32Array.of(value).buffer)];
const word = (text: string) => [...uint32(text.length), ...Buffer.from(text)];
const repeat = (count: number, ...value: number[]) => [...varint(count * 2), ...value];
const packed = (groups: number, ...bytes: number[]) => [...varint(groups * 2 + 1), ...bytes];
const behindLength = (bytes: number[]) => [...uint32(bytes.length), ...bytes];
const dictionary = (values: number, body = doubles(1.5, 2.5)): Page => ({ body, values, dictionary: true });
const indices = (values: number, ...runs: number[]): Page => ({
  body: [1, ...runs],
  values,
  encoding: 'RLE_DICTIONARY',
});
const delta = (block: number, parts: number, count: number, ...rest: number[]) => [
  ...[...varint(block), ...varint(parts), ...varint(count), ...zigzag(0)],
  ...rest,
];
const numbers = (pages: Page[], more: Partial<Forged> = {}): Forged => ({
  type: 'DOUBLE',
  rows: 4,
  pages,
  ...more,
});
const plain = { body: doubles(1, 2, 3, 4), values: 4 };
const two31 = 2 ** 31 - 1;
const flat = (body: number[]): Page => ({ body, values: 4, encoding: 'DELTA_BINARY_PACKED' });

const sound: Record<string, readonly [Forged, unknown[]]> = {
  'plain numbers': [numbers([plain]), [1, 2, 3, 4]],
  'a dictionary': [
    numbers([dictionary(2), indices(4, ...repeat(2, 1), ...packed(1, 0b10))]),
    [2.5, 2.5, 1.5, 2.5],
  ],
  'numbers that may be missing': [
    numbers([{ body: [...behindLength(packed(1, 0b1101)), ...doubles(1, 2, 3)], values: 4 }], {
      optional: true,
    }),
    [1, null, 2, 3],
  ],
  'a page of version 2': [
    numbers([{ body: [...repeat(4, 1), ...doubles(1, 2, 3, 4)], values: 4, levels: 2 }], { optional: true }),
    [1, 2, 3, 4],
  ],
  'pages packed by gzip': [numbers([plain], { codec: 'GZIP' }), [1, 2, 3, 4]],
  differences: [
    numbers([flat(delta(128, 4, 4, ...zigzag(1), 0, 0, 0, 0))], { type: 'INT64' }),
    [0n, 1n, 2n, 3n],
  ],
};

const forged: Record<string, Forged> = {
  'values of a page': numbers([{ ...plain, values: two31 }]),
  'fewer values than rows': numbers([{ ...plain, values: 3 }]),
  'values below 0': numbers([{ ...plain, values: -4 }]),
  'unpacked size': numbers([{ ...plain, unpacked: two31 }], { codec: 'GZIP' }),
  'unpacked size, of snappy': numbers([{ ...plain, unpacked: 2 ** 30 }], { codec: 'SNAPPY' }),
  'packed size': numbers([{ ...plain, packed: two31 }]),
  'a run of indices': numbers([dictionary(2), indices(4, ...repeat(2 ** 27, 1))]),
  'a packed run of indices': numbers([dictionary(2), indices(4, ...packed(2 ** 27, 1))]),
  'a run of indices of no width': numbers([
    dictionary(2),
    { body: packed(2 ** 27), values: 4, levels: 0, encoding: 'RLE_DICTIONARY' },
  ]),
  'a run of levels': numbers(
    [{ body: [...behindLength(repeat(2 ** 27, 1)), ...doubles(1, 2, 3, 4)], values: 4 }],
    {
      optional: true,
    },
  ),
  'a run of levels, version 2': numbers(
    [{ body: [...repeat(2 ** 27, 1), ...doubles(1, 2, 3, 4)], values: 4, levels: 5 }],
    { optional: true },
  ),
  'bytes of levels': numbers([{ ...plain, levels: two31 }], { optional: true }),
  'words of a dictionary': numbers([dictionary(two31), indices(4, ...repeat(4, 1))]),
  'a run of booleans': numbers([{ body: behindLength(repeat(2 ** 27, 1)), values: 4, encoding: 'RLE' }], {
    type: 'BOOLEAN',
  }),
  'length of a text': numbers([{ body: [...uint32(two31), 65], values: 1 }], { type: 'BYTE_ARRAY', rows: 1 }),
  'texts of a page': numbers([{ body: word('a'), values: 2 ** 24 }], { type: 'BYTE_ARRAY', rows: 2 ** 24 }),
  'width of texts': numbers([{ body: word('abcd'), values: 4, encoding: 'BYTE_STREAM_SPLIT' }], {
    ...{ type: 'FIXED', width: two31 },
  }),
  'texts that share what is not there': numbers(
    [
      {
        body: [
          ...delta(128, 4, 4, ...zigzag(2 ** 30), 0, 0, 0, 0),
          ...delta(128, 4, 4, ...zigzag(0), 0, 0, 0, 0),
        ],
        ...{ values: 4, encoding: 'DELTA_BYTE_ARRAY' },
      },
    ],
    { type: 'BYTE_ARRAY' },
  ),
  'parts of a block of differences': numbers([flat(delta(128, two31, 4, 0, 0, 0))], { type: 'INT64' }),
  'parts of a block that lead back': numbers([flat(delta(128, 2 ** 32 - 1, 4, ...Array(9).fill(0)))], {
    ...{ type: 'INT32' },
  }),
  'rows of the file': numbers([plain], { rows: 2n ** 62n }),
  'rows of a group': numbers([plain], { groupRows: 2 ** 40 }),
  'rows that repeat': numbers([dictionary(2), indices(2 ** 25, ...repeat(2 ** 25, 1))], { rows: 2 ** 25 }),
  'columns of the schema': numbers([plain], { children: two31 }),
  'elements of the footer': numbers([plain], { footer: [[2, { list: [], claimed: 2 ** 25 }]] }),
  'a number of a footer': numbers([plain], { footer: [[3, { kind: 6, raw: Array(50_000).fill(255) }]] }),
  'lists in lists': numbers([plain], { footer: [[2, { kind: 9, raw: Array(40_000).fill(0x19) }]] }),
};

describe('Parquet, number by number,', () => {
  for (const [name, [file, values]] of Object.entries(sound)) {
    it(`is read: ${name}`, async () => {
      const bytes = parquetBytes(file);
      const slice = (from: number, to?: number) => bytes.slice(from, to).buffer as ArrayBuffer;
      const buffer = { byteLength: bytes.length, slice };
      const footer = await readFooter(buffer, 'x.parquet');
      const stretches = await readColumn(buffer, footer, 0, columnsOf(footer)[0]!);
      assert.deepEqual(
        stretches.flatMap((stretch) => Array.from(stretch.values)),
        values,
      );
    });
  }
  for (const [name, file] of Object.entries(forged)) {
    it(`is refused where the file claims what it does not hold: ${name}`, async () => {
      const before = process.resourceUsage().maxRSS;
      const { code, message } = await refusalOf(readBytes(parquetBytes(file), {}, 'x.parquet'));
      assert.match(code, /^(parquet-corrupt|too-many-values)$/);
      assert.match(message, /^x\.parquet [^\n]+\.$/);
      const grown = (process.resourceUsage().maxRSS - before) / 1024;
      assert.ok(grown < 100, `took ${grown} MB`);
    });
  }
});
