import type { ColumnMetaData, PageHeader, SchemaTree } from 'hyparquet';
import { parquetHeader } from 'hyparquet/src/column.js';
import { getMaxDefinitionLevel, getMaxRepetitionLevel } from 'hyparquet/src/schema.js';
import { bytesOf, checkValues } from './pageValues.ts';
import { walkRuns } from './runs.ts';
import { endOfStruct } from './thrift.ts';
import { unpack } from './unpack.ts';

const damaged = () => new Error('damaged');
/** Bytes that the pages of a column may unpack to for nothing, and for each byte that they take. */
const FREE_BYTES = 2 ** 27;
const PER_BYTE = 64;

/** A column of a group of rows. */
interface Chunk {
  readonly bytes: Uint8Array;
  readonly meta: ColumnMetaData;
  readonly path: SchemaTree[];
  /** Of a column that holds no lists; else the most values. */
  readonly rows: number;
  readonly flat: boolean;
}

/**
 * Unpacks the pages of a column and holds every number that they announce against the bytes that are there, before
 * anything is decoded: the decoder allocates, and loops, as it is told.
 * @returns the unpacked bytes by where the packed ones begin
 * @throws Error whose message is for a person where it begins with "parquet"
 */
export function openPages(chunk: Chunk): Map<number, Uint8Array> {
  const { bytes, meta, rows, flat } = chunk;
  const unpacked = new Map<number, Uint8Array>();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let total = 0;
  let values = 0;
  for (let at = 0; at < bytes.length - 1 && !(flat && values >= rows); ) {
    const start = endOfStruct(bytes, at);
    const header = parquetHeader({ view, offset: at });
    const size = natural(header.compressed_page_size);
    const full = natural(header.uncompressed_page_size);
    if (size > bytes.length - start) throw damaged();
    total += full;
    if (total > FREE_BYTES + PER_BYTE * bytes.length) {
      throw new Error('parquet pages that unpack to more than is read');
    }
    const open = (from: number, length: number) => {
      const packed = bytes.subarray(from, start + size);
      const page = unpack(meta.codec, packed, length);
      if (page !== packed) unpacked.set(from, page);
      return page;
    };
    values += checkPage(chunk, header, bytes.subarray(0, start + size), start, full, open);
    if (values > rows) throw damaged();
    at = start + size;
  }
  if (flat && values !== rows) throw damaged();
  return unpacked;
}

/** @returns how many values the page has */
function checkPage(
  { path }: Chunk,
  { type, data_page_header: one, data_page_header_v2: two, dictionary_page_header: words }: PageHeader,
  bytes: Uint8Array,
  start: number,
  full: number,
  open: (from: number, length: number) => Uint8Array,
): number {
  const { element } = path.at(-1)!;
  const most = { repeated: getMaxRepetitionLevel(path), defined: getMaxDefinitionLevel(path) };
  if (type === 'DICTIONARY_PAGE' && words) {
    if (natural(words.num_values) * bytesOf(element) > open(start, full).length) throw damaged();
    return 0;
  }
  if (type === 'DATA_PAGE' && one) {
    const page = open(start, full);
    const count = natural(one.num_values);
    let at = 0;
    if (most.repeated > 0) at = levels(page, at, most.repeated, count).end;
    const defined = most.defined > 0 ? levels(page, at, most.defined, count) : { end: at, matching: count };
    checkValues(page, defined.end, defined.matching, one.encoding, element);
    return count;
  }
  if (type === 'DATA_PAGE_V2' && two) {
    const count = natural(two.num_values);
    const there = count - natural(two.num_nulls);
    natural(two.num_rows);
    const repeated = natural(two.repetition_levels_byte_length);
    const before = repeated + natural(two.definition_levels_byte_length);
    if (there < 0 || before > full) throw damaged();
    if (most.repeated > 0) walkRuns(bytes, start, bits(most.repeated), count);
    if (most.defined > 0) {
      const { matching } = walkRuns(bytes, start + repeated, bits(most.defined), count, most.defined);
      if (matching !== there) throw damaged();
    }
    const packed = two.is_compressed !== false && full > before;
    const page = packed ? open(start + before, full - before) : bytes.subarray(start + before);
    checkValues(page, 0, there, two.encoding, element);
    return count;
  }
  // Pages that the library does not read, it names.
  return 0;
}

/** Levels that stand behind their length in bytes. */
function levels(page: Uint8Array, at: number, most: number, count: number) {
  if (page.length - at < 4) throw damaged();
  const length = new DataView(page.buffer, page.byteOffset + at).getUint32(0, true);
  const { matching } = walkRuns(page, at + 4, bits(most), count, most);
  if (length > page.length - at - 4) throw damaged();
  return { end: at + 4 + length, matching };
}

const bits = (most: number) => 32 - Math.clz32(most);

function natural(value: unknown): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0) throw damaged();
  return value;
}
