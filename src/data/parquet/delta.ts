import { deltaBinaryUnpack } from 'hyparquet/src/delta.js';

const damaged = () => new Error('damaged');
const LARGEST_BLOCK = 2 ** 20;
/** Bytes that texts sharing their beginnings may unpack to for nothing. */
const FREE_BYTES = 2 ** 26;
const PER_BYTE = 64;

/** Walks numbers packed as differences: blocks of a size that is one, numbers of at most 64 bits. */
export function checkDelta(bytes: Uint8Array, from: number, count: number): void {
  if (count === 0) return;
  let at = from;
  const varint = (): number => {
    let value = 0;
    for (let place = 0; place < 10; place++) {
      const part = bytes[at++];
      if (part === undefined) break;
      value += (part & 127) * 2 ** (7 * place);
      if (part < 128) return value;
    }
    throw damaged();
  };
  const block = varint();
  const parts = varint();
  varint();
  varint();
  const each = block / parts;
  if (!(block > 0 && block <= LARGEST_BLOCK) || each % 8 !== 0) throw damaged();
  for (let seen = 1; seen < count; ) {
    varint();
    const widths = bytes.subarray(at, at + parts);
    if (widths.length < parts) throw damaged();
    at += parts;
    for (const width of widths) {
      if (seen >= count) break;
      if (width > 64 || at > bytes.length) throw damaged();
      at += (each * width) / 8;
      seen += each;
    }
  }
}

/** Texts that are written as what they share with the one before and what follows. */
export function checkSharedTexts(bytes: Uint8Array, from: number, count: number): void {
  if (count === 0) return;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const reader = { view, offset: from };
  const lengths = () => {
    const out = new Int32Array(count);
    checkDelta(bytes, reader.offset, count);
    deltaBinaryUnpack(reader, count, out);
    return out;
  };
  const shared = lengths();
  const own = lengths();
  let before = 0;
  let sum = 0;
  for (let index = 0; index < count; index++) {
    if (shared[index]! < 0 || own[index]! < 0 || shared[index]! > before) throw damaged();
    before = shared[index]! + own[index]!;
    sum += before;
  }
  if (sum > FREE_BYTES + PER_BYTE * bytes.length) {
    throw new Error('parquet page whose texts unpack to more than is read');
  }
}
