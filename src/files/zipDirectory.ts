import { inflateRawSync } from 'node:zlib';
import { crc32 } from './crc32.ts';

/** Bytes of which parts are read. */
export interface ByteRanges {
  readonly size: number;
  read(from: number, count: number): Uint8Array<ArrayBuffer>;
}

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
  /** CRC-32 of what it unpacks to. */
  readonly crc: number;
  readonly locked: boolean;
}

/** PKWARE's APPNOTE 4.3: signatures and lengths of the records. */
const END = { signature: 0x06054b50, bytes: 22, longestComment: 0xffff };
const END_64 = { signature: 0x06064b50, bytes: 56, locator: 0x07064b50, locatorBytes: 20 };
const ENTRY = { signature: 0x02014b50, bytes: 46 };
const LOCAL = { signature: 0x04034b50, bytes: 30 };
const LONGEST_SHOWN = 60;
const LARGEST_DIRECTORY = 2 ** 24;
/** Stands where a number is in the entry's extra field instead. */
const ELSEWHERE = 0xffffffff;

/**
 * The directory at the end of a zip archive, also of more than 4 GB; no data is read.
 * @param mostEntries more are not listed: undefined
 * @throws Error in a few words where it is no such archive or broken
 */
export function zipDirectory(file: ByteRanges, mostEntries: number): ZipEntry[] | undefined {
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

/** An archive is sound, but a part of it wants a password. */
export class LockedPart extends Error {}

/**
 * Where the bytes of an entry begin.
 * @throws Error where its header is broken, or they end beyond the file; LockedPart
 */
export function dataOf(file: ByteRanges, { name, header, packed, locked }: ZipEntry): number {
  if (locked) throw new LockedPart(`its part "${shown(name)}" is encrypted`);
  const view = viewOf(file, header, LOCAL.bytes);
  if (view.getUint32(0, true) !== LOCAL.signature) throw new Error('an entry has no header');
  const from = header + LOCAL.bytes + view.getUint16(26, true) + view.getUint16(28, true);
  if (from + packed > file.size) throw new Error('an entry is cut off');
  return from;
}

function entriesOf(view: DataView<ArrayBuffer>, count: number): ZipEntry[] {
  const entries: ZipEntry[] = [];
  const names = new Set<string>();
  const text = new TextDecoder();
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
    const called = text.decode(new Uint8Array(view.buffer, view.byteOffset + name, nameBytes));
    if (names.has(called)) throw new Error(`it holds "${shown(called)}" twice`);
    names.add(called);
    entries.push({
      name: called,
      locked: (view.getUint16(at + 8, true) & 1) === 1,
      crc: view.getUint32(at + 16, true),
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

function viewOf(file: ByteRanges, from: number, count: number): DataView<ArrayBuffer> {
  if (from < 0 || from + count > file.size) throw new Error('it is cut off');
  const bytes = file.read(from, count);
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Names stand in sentences. */
function shown(name: string): string {
  return name.length > LONGEST_SHOWN ? `${name.slice(0, LONGEST_SHOWN)}…` : name;
}

/** Beyond 2⁵³ it is no place in any file. */
function numberAt(view: DataView, at: number): number {
  return Math.min(Number.MAX_SAFE_INTEGER, Number(view.getBigUint64(at, true)));
}

/**
 * What an entry unpacks to.
 * @throws Error in a few words where that is not what the directory says; LockedPart
 */
export function unpackedEntry(file: ByteRanges, entry: ZipEntry): Uint8Array<ArrayBuffer> {
  const packed = file.read(dataOf(file, entry), entry.packed);
  const bytes = entry.method === 0 ? packed : inflated(packed, entry);
  if (bytes.length !== entry.size)
    throw new Error(`"${shown(entry.name)}" has another size than its directory says`);
  mustBeWhole(entry, crc32(bytes));
  return bytes;
}

/** @throws Error where a checksum is not that of the directory */
export function mustBeWhole({ name, crc }: ZipEntry, found: number): void {
  if (found !== crc)
    throw new Error(`the checksum of "${shown(name)}" does not match: its bytes were altered or damaged`);
}

function inflated(packed: Uint8Array, { method, size }: ZipEntry): Uint8Array<ArrayBuffer> {
  if (method !== 8) throw new Error('it is packed in a way that is not known');
  const { buffer, byteOffset, length } = inflateRawSync(packed, { maxOutputLength: Math.max(1, size) });
  // No Buffer: its slice is no copy.
  return new Uint8Array(buffer as ArrayBuffer, byteOffset, length);
}
