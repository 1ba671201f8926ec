import * as zlib from 'node:zlib';
import { decompress as unpackZstd } from 'fzstd';

/** Since Node 22.15; before, fzstd does it. */
const zstd = (zlib as { zstdDecompressSync?: typeof zlib.gunzipSync }).zstdDecompressSync;

/** What unpacks the pages of a file; snappy is part of the library. */
export const compressors = {
  GZIP: (input: Uint8Array, size: number) => zlib.gunzipSync(input, { maxOutputLength: size + 1 }),
  BROTLI: (input: Uint8Array, size: number) =>
    zlib.brotliDecompressSync(input, { maxOutputLength: size + 1 }),
  ZSTD: (input: Uint8Array, size: number) =>
    zstd ? zstd(input, { maxOutputLength: size + 1 }) : unpackZstd(input, new Uint8Array(size)),
} as const;
