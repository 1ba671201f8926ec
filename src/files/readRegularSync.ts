import { closeSync, fstatSync, openSync, readSync, type Stats } from 'node:fs';
import { READ_AT_ONCE } from './openRegular.ts';

/**
 * A whole file that is one: undefined for a pipe, device or folder.
 * @param refuse is told what was found and how it begins (64 bytes) before the rest is read, to say that it is too much
 * @throws the system's error where it cannot be opened or read
 */
export function readRegularSync(
  path: string,
  refuse: (found: Stats, head: Uint8Array) => void,
): Uint8Array | undefined {
  const file = openSync(path, READ_AT_ONCE);
  try {
    const found = fstatSync(file);
    if (!found.isFile()) return undefined;
    const head = new Uint8Array(Math.min(64, found.size));
    refuse(found, head.subarray(0, readSync(file, head, 0, head.length, 0)));
    const bytes = new Uint8Array(found.size);
    let filled = 0;
    for (let read = -1; read !== 0 && filled < bytes.length; filled += read) {
      read = readSync(file, bytes, filled, bytes.length - filled, filled);
    }
    return bytes.subarray(0, filled);
  } finally {
    closeSync(file);
  }
}
