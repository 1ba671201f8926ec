import * as zlib from 'node:zlib';

/** node:zlib has it from Node 20.15 on. */
const native = (zlib as { readonly crc32?: (bytes: Uint8Array, before: number) => number }).crc32;

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? 0xedb88320 ^ (crc >>> 1) : crc >>> 1;
  return crc;
});

/** CRC-32 of ISO 3309. @param before that of the bytes in front of these */
export function crc32(bytes: Uint8Array, before = 0): number {
  return native ? native(bytes, before) : plainCrc32(bytes, before);
}

/** The same without help. */
export function plainCrc32(bytes: Uint8Array, before = 0): number {
  let crc = ~before;
  for (let i = 0; i < bytes.length; i++) crc = TABLE[(crc ^ bytes[i]!) & 255]! ^ (crc >>> 8);
  return ~crc >>> 0;
}
