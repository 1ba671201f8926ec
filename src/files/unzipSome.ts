import { Refusal } from '../refusal.ts';
import { type ByteRanges, LockedPart, unpackedEntry, type ZipEntry, zipDirectory } from './zipDirectory.ts';

/** How an archive is looked through. */
interface Unzipping {
  /** Sizes in bytes, as the archive says them. May throw a Refusal. */
  readonly wanted: (name: string, size: number, packed: number) => boolean;
  readonly most: number;
  readonly tooMany: () => Refusal;
  /** @param reason in a few words, not ours */
  readonly corrupt: (reason: string) => Refusal;
  /** @param what in a few words */
  readonly locked: (what: string) => Refusal;
}

/** Weights are asked for one by one. */
const known = new WeakMap<Uint8Array, readonly ZipEntry[]>();

/**
 * The wanted entries of a zip archive by name, their checksums compared; names are never used as paths.
 * @throws Refusal those it is given
 */
export function unzipSome(
  bytes: Uint8Array,
  { wanted, most, tooMany, corrupt, locked }: Unzipping,
): Record<string, Uint8Array> {
  const file: ByteRanges = {
    size: bytes.length,
    read: (from, count) => new Uint8Array(bytes.subarray(from, from + count)),
  };
  try {
    const entries = known.get(bytes) ?? zipDirectory(file, most);
    if (!entries) throw tooMany();
    known.set(bytes, entries);
    const unpacked = entries
      .filter(({ name, size, packed }) => wanted(name, size, packed))
      .map((entry) => [entry.name, unpackedEntry(file, entry)] as const);
    return Object.fromEntries(unpacked);
  } catch (error) {
    if (error instanceof Refusal) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw error instanceof LockedPart ? locked(reason) : corrupt(reason);
  }
}
