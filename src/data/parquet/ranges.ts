import type { AsyncBuffer } from 'hyparquet';
import { openRegular, unreadable } from '../../files/openRegular.ts';
import { Refusal } from '../../refusal.ts';
import { type ByteSource, readAllBytes } from '../byteSource.ts';

/** A file of which parts are read when they are asked for. */
interface Ranges {
  readonly file: AsyncBuffer;
  close(): Promise<void>;
}

/** Of a file on disk nothing is read yet. @throws Refusal `file-missing`, `file-unreadable`, later `file-changed` */
export async function openRanges(source: ByteSource): Promise<Ranges> {
  if (!source.onDisk) {
    const bytes = await readAllBytes(source);
    const slice = (start: number, end?: number) => bytes.slice(start, end).buffer as ArrayBuffer;
    return { file: { byteLength: bytes.length, slice }, close: async () => {} };
  }
  const handle = await openRegular(source.path);
  const slice = async (start: number, end = source.size): Promise<ArrayBuffer> => {
    const bytes = new Uint8Array(Math.max(0, Math.min(end, source.size) - start));
    let filled = 0;
    while (filled < bytes.length) {
      const { bytesRead } = await handle
        .read(bytes, filled, bytes.length - filled, start + filled)
        .catch((error) => {
          throw unreadable(error, source.path);
        });
      if (bytesRead === 0) {
        throw new Refusal(
          'file-changed',
          `${source.name} became shorter while it was being read; try again.`,
        );
      }
      filled += bytesRead;
    }
    return bytes.buffer;
  };
  return { file: { byteLength: source.size, slice }, close: () => handle.close() };
}
