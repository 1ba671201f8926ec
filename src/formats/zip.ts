import { unzipSome } from '../files/unzipSome.ts';
import { Refusal } from '../refusal.ts';

const MOST_ENTRIES = 10_000;
/** What unpacks to more, or to more than a hundred times its packed size, is no model. */
const LARGEST_ENTRY = 2 ** 28;
const SMALL_ENTRY = 2 ** 24;
const MOST_EXPANSION = 100;

/** Names of the entries of a zip archive. */
export function zipEntries(bytes: Uint8Array): string[] {
  const names: string[] = [];
  unpack(bytes, (name) => {
    names.push(name);
    return false;
  });
  return names;
}

/**
 * One entry, unpacked; undefined where there is none. Names are never used as paths.
 * @throws Refusal `broken-model`, `model-too-big`
 */
export function zipEntry(bytes: Uint8Array, wanted: string): Uint8Array | undefined {
  return unpack(bytes, (name, size, packed) => {
    if (name !== wanted) return false;
    if (size > LARGEST_ENTRY || (size > SMALL_ENTRY && size > MOST_EXPANSION * packed)) {
      throw new Refusal(
        'model-too-big',
        `Its part ${wanted} claims to unpack from ${packed} to ${size} bytes, which no model does; it is not read.`,
      );
    }
    return true;
  })[wanted];
}

function unpack(
  bytes: Uint8Array,
  wanted: (name: string, size: number, packed: number) => boolean,
): Record<string, Uint8Array> {
  const corrupt = () => broken('The zip archive is corrupt or cut short; copy or save the model again.');
  if (!endsInItsDirectory(bytes)) throw corrupt();
  return unzipSome(bytes, {
    ...{ wanted, most: MOST_ENTRIES, corrupt },
    tooMany: () => broken(`The zip archive lists more than ${MOST_ENTRIES} parts; it is not read.`),
  });
}

/**
 * Whether the end of the archive names a place where its directory lies. Of an archive that is cut short the last end may
 * be that of another one, which is stored in it (PyTorch stores sample inputs so).
 */
function endsInItsDirectory(bytes: Uint8Array): boolean {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = view.lastIndexOf('PK\x05\x06', undefined, 'latin1');
  if (end < 0 || end + 22 > view.length) return false;
  const [count, at] = [view.readUInt16LE(end + 10), view.readUInt32LE(end + 16)];
  // In large archives both stand elsewhere.
  return count === 0 || at === 0xff_ff_ff_ff || view.toString('latin1', at, at + 4) === 'PK\x01\x02';
}

function broken(sentence: string): Refusal {
  return new Refusal('broken-model', sentence);
}
