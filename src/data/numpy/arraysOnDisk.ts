import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createInflateRaw } from 'node:zlib';
import { crc32 } from '../../files/crc32.ts';
import { dataOf, mustBeWhole, type ZipEntry } from '../../files/zipDirectory.ts';
import type { ReportProgress } from '../../progress.ts';
import { Refusal } from '../../refusal.ts';
import { type ByteSource, largestFile } from '../byteSource.ts';
import { readingWords } from '../readingWords.ts';
import { bytesOf, entriesIn, orCorrupt } from './archiveEntries.ts';
import { arrayRoles } from './arrayNames.ts';
import { type Beside, oneArray } from './beside.ts';
import { LARGEST_HEADER, readNpyHeader } from './npyHeader.ts';
import { numbersOnDisk } from './numbersOnDisk.ts';
import { RangeFile } from './rangeFile.ts';
import { readNpy } from './readNpy.ts';
import { isZip, mustBeMeasured, type Npz, npzCorrupt } from './readNpz.ts';

/** Smaller files are read as a whole, and every number of them looked at. */
export const LARGE_ARRAYS = 2 ** 26;

/**
 * A large .npy, or .npz that packs nothing: the array of the series stays where it is, others are read when they are
 * asked for. Of one that is packed only that array is unpacked.
 * @param wanted the array that settings name
 * @throws Refusal `npz-corrupt`, `npz-too-many`, `npz-too-large`, those of the roles; the signal's reason
 */
export async function arraysOnDisk(
  source: Pick<ByteSource, 'path'>,
  wanted: string | undefined,
  beside: Beside,
  report: ReportProgress | undefined,
  signal: AbortSignal | undefined,
): Promise<{ readonly arrays: Npz; readonly format: 'npz' | 'npy' }> {
  const file = new RangeFile(source.path);
  if (!isZip(file.read(0, 2))) return { arrays: oneOnDisk(file, beside), format: 'npy' };
  return { arrays: await archiveOnDisk(file, wanted, report, signal), format: 'npz' };
}

function oneOnDisk(file: RangeFile, beside: Beside): Npz {
  const rest = oneArray(file.read(0, 8), file.name, beside);
  return {
    names: rest.names,
    series: (name) => (name === 'x' ? numbersOnDisk(file, 0, file.size, file.name) : undefined),
    get: (name) => (name === 'x' ? readNpy(whole(file), file.name) : rest.get(name)),
  };
}

/** @throws Refusal `file-too-large` */
function whole(file: RangeFile): Uint8Array {
  if (file.size <= largestFile) return file.read(0, file.size);
  throw new Refusal(
    'file-too-large',
    `${file.name} has ${(file.size / 2 ** 30).toFixed(1)} GB, of which more than 1 GB is read only where instances stand one behind the other; save it as np.ascontiguousarray of [N, F, T].`,
  );
}

async function archiveOnDisk(
  file: RangeFile,
  wanted: string | undefined,
  report: ReportProgress | undefined,
  signal: AbortSignal | undefined,
): Promise<Npz> {
  const entries = entriesIn(file);
  const names = [...entries.keys()];
  const called = (name: string) => `${file.name}: array "${name}"`;
  const { x } = arrayRoles(names, file.name, {
    array: wanted,
    dims: (name) => shapeIn(file, entries.get(name), name),
  });
  const entry = entries.get(x)!;
  const unpacked = entry.method === 8 ? await inflated(file, entry, called(x), report, signal) : undefined;
  return {
    names,
    series: (name) => {
      const found = entries.get(name);
      if (found?.method !== 0) return undefined;
      const at = orCorrupt(file, () => dataOf(file, found));
      return numbersOnDisk(file, at, found.packed, called(name));
    },
    get: (name) => {
      const found = entries.get(name);
      if (!found) return undefined;
      if (name === x && unpacked) return readNpy(unpacked, called(name));
      return readNpy(bytesOf(file, found, called(name)), called(name));
    },
  };
}

/** Of an array that is not packed. */
function shapeIn(file: RangeFile, entry: ZipEntry | undefined, name: string): readonly number[] | undefined {
  if (entry?.method !== 0) return undefined;
  const at = orCorrupt(file, () => dataOf(file, entry));
  return readNpyHeader(file.read(at, Math.min(entry.packed, LARGEST_HEADER + 12)), name).dims;
}

const PIECE = 2 ** 20;

/** The same piece by piece, so that the packed bytes are never all there. @throws the signal's reason */
async function inflated(
  file: RangeFile,
  entry: ZipEntry,
  called: string,
  report: ReportProgress | undefined,
  signal: AbortSignal | undefined,
): Promise<Uint8Array> {
  mustBeMeasured(entry.size, entry.packed, called);
  const from = orCorrupt(file, () => dataOf(file, entry));
  const words = readingWords(file.name, entry.packed);
  function* pieces() {
    for (let at = 0; at < entry.packed; at += PIECE) {
      report?.(at / entry.packed, words(at));
      yield file.read(from + at, Math.min(PIECE, entry.packed - at));
    }
  }
  const bytes = new Uint8Array(entry.size);
  let [filled, crc] = [0, 0];
  try {
    await pipeline(
      Readable.from(pieces()),
      createInflateRaw(),
      async (unpacked: AsyncIterable<Uint8Array>) => {
        for await (const piece of unpacked) {
          if (filled + piece.length > bytes.length) break;
          bytes.set(piece, filled);
          crc = crc32(piece, crc);
          filled += piece.length;
        }
      },
      { signal },
    );
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof Refusal) throw error;
    throw npzCorrupt(file.name, 'an array cannot be unpacked');
  }
  if (filled !== bytes.length)
    throw npzCorrupt(file.name, 'an array has another size than its directory says');
  orCorrupt(file, () => mustBeWhole(entry, crc));
  return bytes;
}
