import { basename } from 'node:path';
import { Refusal } from '../refusal.ts';
import { openRegular, unreadable } from './openRegular.ts';

/**
 * A whole file that can only be small, at most so many bytes whatever the system says of its size.
 * @param most bytes
 * @throws Refusal `file-missing`, `file-unreadable`, `file-too-large`: one sentence that begins with the file's name
 */
export async function readSmall(path: string, most: number): Promise<Uint8Array> {
  const bytes = await readHead(path, most + 1);
  if (bytes.length <= most) return bytes;
  const size = most >= 2 ** 20 ? `${Math.floor(most / 2 ** 20)} MB` : `${Math.floor(most / 2 ** 10)} kB`;
  throw new Refusal('file-too-large', `${basename(path)} is larger than ${size}, more than is read.`);
}

/** The first bytes of a file, at most so many. @throws Refusal `file-missing`, `file-unreadable` */
export async function readHead(path: string, most: number): Promise<Uint8Array> {
  const file = await openRegular(path);
  try {
    // Files of /proc have the size 0 and hold something; a log may grow meanwhile.
    const { size } = await file.stat();
    let bytes = new Uint8Array(Math.min(most, size + 1));
    for (let filled = 0; ; ) {
      const { bytesRead } = await file.read(bytes, filled, bytes.length - filled, filled);
      filled += bytesRead;
      if (bytesRead === 0 || filled === most) return bytes.subarray(0, filled);
      if (filled === bytes.length) bytes = longer(bytes, Math.min(most, 2 * filled + 4096));
    }
  } catch (error) {
    throw unreadable(error, path);
  } finally {
    await file.close();
  }
}

function longer(bytes: Uint8Array, length: number): Uint8Array<ArrayBuffer> {
  const more = new Uint8Array(length);
  more.set(bytes);
  return more;
}
