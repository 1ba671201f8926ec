import { gzipSync } from 'node:zlib';
import { type Field, struct, type Value } from './thriftBytes.ts';

export const TYPES = { BOOLEAN: 0, INT32: 1, INT64: 2, DOUBLE: 5, BYTE_ARRAY: 6, FIXED: 7 } as const;
export const ENCODINGS = {
  PLAIN: 0,
  RLE: 3,
  DELTA_BINARY_PACKED: 5,
  DELTA_LENGTH_BYTE_ARRAY: 6,
  DELTA_BYTE_ARRAY: 7,
  RLE_DICTIONARY: 8,
  BYTE_STREAM_SPLIT: 9,
} as const;
export const CODECS = { UNCOMPRESSED: 0, SNAPPY: 1, GZIP: 2 } as const;

/** A page: what it holds and what it says of itself, where that is something else. */
export interface Page {
  readonly body: readonly number[];
  readonly values: number;
  readonly encoding?: keyof typeof ENCODINGS;
  readonly dictionary?: boolean;
  /** Its version 2, with so many bytes of levels. */
  readonly levels?: number;
  readonly unpacked?: number;
  readonly packed?: number;
}

export interface Forged {
  readonly type: keyof typeof TYPES;
  readonly width?: number;
  readonly optional?: boolean;
  readonly rows: number | bigint;
  readonly pages: readonly Page[];
  readonly codec?: keyof typeof CODECS;
  readonly groupRows?: number | bigint;
  readonly children?: number;
  /** Fields of the footer in place of its own. */
  readonly footer?: readonly Field[];
}

const i32 = (value: number): Value => ({ i32: value });
const i64 = (value: number | bigint): Value => ({ i64: value });

/** A file of one column `x`, written byte by byte, so that every number in it can be another. */
export function parquetBytes(forged: Forged): Uint8Array {
  const { type, rows, codec = 'UNCOMPRESSED' } = forged;
  const chunk = forged.pages.flatMap((page) => pageBytes(page, codec));
  const repetition = i32(forged.optional ? 1 : 0);
  const schema: Value[] = [
    {
      struct: [
        [4, { text: 'schema' }],
        [5, i32(forged.children ?? 1)],
      ],
    },
    {
      struct: [
        [1, i32(TYPES[type])],
        ...(forged.width === undefined ? [] : [[2, i32(forged.width)] as const]),
        [3, repetition],
        [4, { text: 'x' }],
      ],
    },
  ];
  const meta: Value = {
    struct: [
      [1, i32(TYPES[type])],
      [2, { list: [i32(0)] }],
      [3, { list: [{ text: 'x' }] }],
      [4, i32(CODECS[codec])],
      [5, i64(rows)],
      [6, i64(chunk.length)],
      [7, i64(chunk.length)],
      [9, i64(4)],
    ],
  };
  const column: Value = {
    struct: [
      [2, i64(4)],
      [3, meta],
    ],
  };
  const group: Value = {
    struct: [
      [1, { list: [column] }],
      [2, i64(chunk.length)],
      [3, i64(forged.groupRows ?? rows)],
    ],
  };
  const fields: Field[] = [
    [1, i32(1)],
    [2, { list: schema }],
    [3, i64(rows)],
    [4, { list: [group] }],
  ];
  const footer = struct(fields.map((field) => forged.footer?.find(([id]) => id === field[0]) ?? field));
  const length = [...new Uint8Array(Uint32Array.of(footer.length).buffer)];
  const magic = [...Buffer.from('PAR1')];
  return Uint8Array.from([...magic, ...chunk, ...footer, ...length, ...magic]);
}

function pageBytes(page: Page, codec: keyof typeof CODECS): number[] {
  const body = codec === 'GZIP' ? [...gzipSync(Uint8Array.from(page.body))] : page.body;
  const encoding = i32(ENCODINGS[page.encoding ?? 'PLAIN']);
  const values: Field = [1, i32(page.values)];
  const two: Field[] = [
    ...([values, [2, i32(0)], [3, i32(page.values)], [4, encoding]] as const),
    ...([
      [5, i32(page.levels ?? 0)],
      [6, i32(0)],
      [7, { bool: false }],
    ] as const),
  ];
  const kind = page.dictionary ? 2 : page.levels === undefined ? 0 : 3;
  const one: Field[] = [values, [2, encoding], [3, i32(3)], [4, i32(3)]];
  const own: Field =
    kind === 2
      ? [7, { struct: [values, [2, encoding]] }]
      : kind === 3
        ? [8, { struct: two }]
        : [5, { struct: one }];
  const head: Field[] = [
    [1, i32(kind)],
    [2, i32(page.unpacked ?? page.body.length)],
    [3, i32(page.packed ?? body.length)],
  ];
  return [...struct([...head, own]), ...body];
}
