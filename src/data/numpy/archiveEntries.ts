import { LockedPart, unpackedEntry, type ZipEntry, zipDirectory } from '../../files/zipDirectory.ts';
import { Refusal } from '../../refusal.ts';
import type { RangeFile } from './rangeFile.ts';
import {
  LONGEST_NAME,
  MOST_ARRAYS,
  mustBeMeasured,
  npzCorrupt,
  npzLocked,
  strangeName,
  tooMany,
} from './readNpz.ts';

/** The arrays of a .npz that stays on disk, by their names without `.npy`. @throws Refusal `npz-corrupt`, `npz-too-many` */
export function entriesIn(file: RangeFile): Map<string, ZipEntry> {
  const listed = orCorrupt(file, () => zipDirectory(file, MOST_ARRAYS));
  if (!listed) throw tooMany(file.name);
  const entries = new Map<string, ZipEntry>();
  for (const entry of listed) {
    if (!entry.name.endsWith('.npy')) continue;
    if (entry.name.length > LONGEST_NAME) throw strangeName(entry.name, file.name);
    entries.set(entry.name.slice(0, -'.npy'.length), entry);
  }
  return entries;
}

/** @throws Refusal `npz-corrupt`, `npz-too-large` */
export function bytesOf(file: RangeFile, entry: ZipEntry, called: string): Uint8Array {
  mustBeMeasured(entry.size, entry.packed, called);
  return orCorrupt(file, () => unpackedEntry(file, entry));
}

/** What a broken archive makes of some work is one sentence. @throws Refusal `npz-corrupt` */
export function orCorrupt<R>(file: RangeFile, work: () => R): R {
  try {
    return work();
  } catch (error) {
    if (error instanceof Refusal) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw error instanceof LockedPart ? npzLocked(file.name, reason) : npzCorrupt(file.name, reason);
  }
}
