import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { Refusal } from '../refusal.ts';
import { type ByteSource, largestFile } from './byteSource.ts';

/**
 * What a `.gz` file holds, unpacked piece by piece; sentences call it by the name of what is in it.
 * @param most bytes that it may unpack to
 */
export function unzipped(source: ByteSource, most = largestFile): ByteSource {
  let consumed = 0;
  const counted: ByteSource = {
    ...source,
    async *chunks() {
      consumed = 0;
      for await (const chunk of source.chunks()) {
        consumed += chunk.length;
        yield chunk;
      }
    },
  };
  const name = source.name.replace(/\.gz$/i, '');
  return { ...source, name, consumed: () => consumed, chunks: () => pieces(counted, most) };
}

/** @throws Refusal `gzip-corrupt`, `file-too-large` */
async function* pieces(source: ByteSource, most: number): AsyncGenerator<Uint8Array> {
  const gunzip = createGunzip({ chunkSize: 1 << 20 });
  const out = gunzip.pipe(new PassThrough());
  gunzip.on('error', (error) => out.destroy(error));
  const feeding = feed(source, gunzip);
  feeding.catch((error: Error) => out.destroy(error));
  let unpacked = 0;
  try {
    for await (const piece of out) {
      unpacked += (piece as Uint8Array).length;
      if (unpacked > most) {
        throw new Refusal(
          'file-too-large',
          `${source.name} unpacks to more than 1 GB, which is the most that is read; split it into files of fewer instances.`,
        );
      }
      yield piece as Uint8Array;
    }
    await feeding;
  } catch (error) {
    if (error instanceof Error && 'code' in error && /^(Z_|ERR_|ABORT)/.test(String(error.code))) {
      throw new Refusal(
        'gzip-corrupt',
        `${source.name} cannot be unpacked: it is no gzip file, or it is cut off.`,
      );
    }
    throw error;
  } finally {
    gunzip.destroy();
  }
}

async function drained(gunzip: ReturnType<typeof createGunzip>): Promise<void> {
  const other = new AbortController();
  const first = ['drain', 'close'].map((event) => once(gunzip, event, { signal: other.signal }));
  await Promise.race(first).finally(() => other.abort());
}

async function feed(source: ByteSource, gunzip: ReturnType<typeof createGunzip>): Promise<void> {
  for await (const chunk of source.chunks()) {
    if (gunzip.destroyed) return;
    // The next chunk stands in the same bytes.
    if (!gunzip.write(Uint8Array.from(chunk))) await drained(gunzip);
  }
  gunzip.end();
}
