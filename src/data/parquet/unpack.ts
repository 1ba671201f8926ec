import * as zlib from 'node:zlib';
import { decompress as unpackZstd } from 'fzstd';
import type { CompressionCodec } from 'hyparquet';
import { snappyUncompress } from 'hyparquet';

/** Since Node 22.15; before, fzstd does it. */
const zstd = (zlib as { zstdDecompressSync?: typeof zlib.gunzipSync }).zstdDecompressSync;

/**
 * @param size of the unpacked bytes, as a page says
 * @throws Error where it is another
 */
export function unpack(codec: CompressionCodec, packed: Uint8Array, size: number): Uint8Array {
  const bytes = unpackAll(codec, packed, size);
  if (bytes.length !== size) throw new Error('damaged');
  return bytes;
}

function unpackAll(codec: CompressionCodec, packed: Uint8Array, size: number): Uint8Array {
  const maxOutputLength = size + 1;
  if (codec === 'UNCOMPRESSED') return packed;
  if (codec === 'GZIP') return zlib.gunzipSync(packed, { maxOutputLength });
  if (codec === 'BROTLI') return zlib.brotliDecompressSync(packed, { maxOutputLength });
  if (codec === 'ZSTD') {
    return zstd ? zstd(packed, { maxOutputLength }) : unpackZstd(packed, new Uint8Array(size));
  }
  if (codec === 'SNAPPY') {
    const bytes = new Uint8Array(size);
    snappyUncompress(packed, bytes);
    return bytes;
  }
  throw new Error(`parquet unsupported compression codec: ${codec}`);
}
