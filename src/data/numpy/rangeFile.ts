import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { basename } from 'node:path';
import { READ_AT_ONCE, unreadable } from '../../files/openRegular.ts';
import { changedWhileRead } from '../byteSource.ts';

/** A file of which parts are read when they are asked for, as long as it stays what it was. */
export class RangeFile {
  readonly name: string;
  readonly size: number;
  readonly #path: string;
  readonly #changed: number;

  /** @throws Refusal `file-missing`, `file-unreadable` */
  constructor(path: string) {
    this.#path = path;
    this.name = basename(path);
    const { size, mtimeMs } = this.#opened((file) => fstatSync(file));
    this.size = size;
    this.#changed = mtimeMs;
  }

  /**
   * It is opened for each part, so that nothing is left open.
   * @throws Refusal `file-changed`, `file-missing`, `file-unreadable`
   */
  read(from: number, count: number): Uint8Array<ArrayBuffer> {
    return this.#opened((file) => {
      const { size, mtimeMs } = fstatSync(file);
      if (size !== this.size || mtimeMs !== this.#changed) throw changedWhileRead(this.name);
      const bytes = new Uint8Array(Math.max(0, Math.min(count, this.size - from)));
      let filled = 0;
      for (let read = -1; read !== 0 && filled < bytes.length; filled += read) {
        read = readSync(file, bytes, filled, bytes.length - filled, from + filled);
      }
      if (filled < bytes.length) throw changedWhileRead(this.name);
      return bytes;
    });
  }

  #opened<R>(work: (file: number) => R): R {
    let file: number | undefined;
    try {
      file = openSync(this.#path, READ_AT_ONCE);
      return work(file);
    } catch (error) {
      throw unreadable(error, this.#path);
    } finally {
      if (file !== undefined) closeSync(file);
    }
  }
}
