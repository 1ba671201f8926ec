import { randomBytes } from 'node:crypto';
import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readSmall } from '../../files/readSmall.ts';

/** A map of 65,536 cells and its header. */
const LARGEST_RUN = 2 ** 21;

/** What lies on a shelf, unread. */
export interface ShelfEntry {
  readonly name: string;
  readonly bytes: number;
  /** Differs after every change. */
  readonly stamp: string;
}

/** Named byte strings; what the run history lies on. */
export interface Shelf {
  entries(): Promise<ShelfEntry[]>;
  read(name: string): Promise<Uint8Array>;
  write(name: string, bytes: Uint8Array): Promise<void>;
  /** Fine where there is none. */
  remove(name: string): Promise<void>;
}

/** For a window without a folder: gone with the window. */
export class MemoryShelf implements Shelf {
  readonly #kept = new Map<string, { bytes: Uint8Array; stamp: string }>();
  #writes = 0;

  async entries(): Promise<ShelfEntry[]> {
    return [...this.#kept].map(([name, { bytes, stamp }]) => ({ name, bytes: bytes.length, stamp }));
  }

  async read(name: string): Promise<Uint8Array> {
    const kept = this.#kept.get(name);
    if (!kept) throw new Error(`${name} is gone`);
    return kept.bytes;
  }

  async write(name: string, bytes: Uint8Array): Promise<void> {
    this.#kept.set(name, { bytes, stamp: String(this.#writes++) });
  }

  async remove(name: string): Promise<void> {
    this.#kept.delete(name);
  }
}

const unfinished = '.unfinished';
/** A writer that has been gone for this long left its file behind. */
const abandonedMs = 3_600_000;

/** A folder that several windows may share: every file is written beside its place and renamed into it. */
export class FolderShelf implements Shelf {
  constructor(private readonly folder: string) {}

  async entries(): Promise<ShelfEntry[]> {
    const names = await readdir(this.folder).catch(() => []);
    const found = await Promise.all(names.map((name) => this.#entry(name)));
    return found.filter((entry) => entry !== undefined);
  }

  read(name: string): Promise<Uint8Array> {
    return readSmall(join(this.folder, name), LARGEST_RUN);
  }

  async write(name: string, bytes: Uint8Array): Promise<void> {
    await mkdir(this.folder, { recursive: true });
    const beside = join(this.folder, `${name}.${randomBytes(6).toString('hex')}${unfinished}`);
    try {
      await writeFile(beside, bytes);
      await rename(beside, join(this.folder, name));
    } catch (error) {
      await rm(beside, { force: true });
      throw error;
    }
  }

  remove(name: string): Promise<void> {
    return rm(join(this.folder, name), { force: true });
  }

  async #entry(name: string): Promise<ShelfEntry | undefined> {
    try {
      const found = await stat(join(this.folder, name));
      if (name.endsWith(unfinished)) {
        if (Date.now() - found.mtimeMs > abandonedMs) await this.remove(name);
        return undefined;
      }
      return found.isFile()
        ? { name, bytes: found.size, stamp: `${found.mtimeMs}:${found.size}:${found.ino}` }
        : undefined;
    } catch {
      // Another window has taken it away between the two calls.
      return undefined;
    }
  }
}
