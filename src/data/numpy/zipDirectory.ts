import type { RangeFile } from './rangeFile.ts';

/** A file in a zip archive, by its directory. */
export interface ZipEntry {
  readonly name: string;
  /** 0 stored, 8 deflated. */
  readonly method: number;
  /** Bytes in the archive, and unpacked. */
  readonly packed: number;
  readonly size: number;
  /** Where its own header stands. */
  readonly header: number;
}

/** PKWARE's APPNOTE 4.3: signatures and lengths of the records. */
const END = { signature: 0x06054b50, bytes: 22, longestComment: 0xffff };
const END_64 = { signature: 0x06064b50, bytes: 56, locator: 0x07064b50, locatorBytes: 20 };
const ENTRY = { signature: 0x02014b50, bytes: 46 };
const LOCAL = { signature: 0x04034b50, bytes: 30 };
const LARGEST_DIRECTORY = 2 ** 24;
/** Stands where a number is in the entry's extra field instead. */
const ELSEWHERE = 0xffffffff;

/**
 * The directory at the end of a zip archive, also of more than 4 GB; no data is read.
 * @param mostEntries more are not listed: undefined
 * @throws Error in a few words where it is no such archive or broken
 */
export function zipDirectory(file: RangeFile, mostEntries: number): ZipEntry[] | undefined {
  const tail = file.size - Math.min(file.size, END.bytes + END.longestComment);
  const bytes = viewOf(file, tail, file.size - tail);
  let end = bytes.byteLength - END.bytes;
  while (end >= 0 && bytes.getUint32(end, true) !== END.signature) end--;
  if (end < 0) throw new Error('it has no directory');
  let count = bytes.getUint16(end + 10, true);
  let size = bytes.getUint32(end + 12, true);
  let at = bytes.getUint32(end + 16, true);
  const locator = end - END_64.locatorBytes;
  if (locator >= 0 && bytes.getUint32(locator, true) === END_64.locator) {
    const long = viewOf(file, numberAt(bytes, locator + 8), END_64.bytes);
    if (long.getUint32(0, true) !== END_64.signature) throw new Error('its directory is broken');
    [count, size, at] = [numberAt(long, 32), numberAt(long, 40), numberAt(long, 48)];
  }
  if (count > mostEntries) return undefined;
  if (size > LARGEST_DIRECTORY || at + size > file.size) throw new Error('its directory is broken');
  return entriesOf(viewOf(file, at, size), count);
}

/** Where the bytes of an entry begin. @throws Error where its header is broken, or they end beyond the file */
export function dataOf(file: RangeFile, { header, packed }: ZipEntry): number {
  const view = viewOf(file, header, LOCAL.bytes);
  if (view.getUint32(0, true) !== LOCAL.signature) throw new Error('an entry has no header');
  const from = header + LOCAL.bytes + view.getUint16(26, true) + view.getUint16(28, true);
  if (from + packed > file.size) throw new Error('an entry is cut off');
  return from;
}

function entriesOf(view: DataView<ArrayBuffer>, count: number): ZipEntry[] {
  const entries: ZipEntry[] = [];
  for (let at = 0; entries.length < count; ) {
    if (at + ENTRY.bytes > view.byteLength || view.getUint32(at, true) !== ENTRY.signature) {
      throw new Error('its directory is broken');
    }
    const [nameBytes, extraBytes, commentBytes] = [28, 30, 32].map((of) => view.getUint16(at + of, true));
    const name = at + ENTRY.bytes;
    const next = name + nameBytes! + extraBytes! + commentBytes!;
    if (next > view.byteLength) throw new Error('its directory is broken');
    const long = longNumbers(view, name + nameBytes!, name + nameBytes! + extraBytes!);
    const either = (of: number): number => {
      const short = view.getUint32(at + of, true);
      return short === ELSEWHERE ? (long.shift() ?? short) : short;
    };
    entries.push({
      name: new TextDecoder().decode(new Uint8Array(view.buffer, view.byteOffset + name, nameBytes)),
      method: view.getUint16(at + 10, true),
      // In the order in which the extra field has them.
      size: either(24),
      packed: either(20),
      header: either(42),
    });
    at = next;
  }
  return entries;
}

/** The numbers of eight bytes in the extra field of an entry (ZIP64, 4.5.3). */
function longNumbers(view: DataView, from: number, to: number): number[] {
  for (let at = from; at + 4 <= to; at += 4 + view.getUint16(at + 2, true)) {
    if (view.getUint16(at, true) !== 1) continue;
    const end = Math.min(to, at + 4 + view.getUint16(at + 2, true));
    const numbers: number[] = [];
    for (let place = at + 4; place + 8 <= end; place += 8) numbers.push(numberAt(view, place));
    return numbers;
  }
  return [];
}

function viewOf(file: RangeFile, from: number, count: number): DataView<ArrayBuffer> {
  if (from < 0 || from + count > file.size) throw new Error('it is cut off');
  const bytes = file.read(from, count);
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Beyond 2⁵³ it is no place in any file. */
function numberAt(view: DataView, at: number): number {
  return Math.min(Number.MAX_SAFE_INTEGER, Number(view.getBigUint64(at, true)));
}
