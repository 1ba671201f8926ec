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
  const corrupt = (reason: string) =>
    broken(`The zip archive is corrupt or cut short (${reason}); copy or save the model again.`);
  const locked = (what: string) =>
    broken(`The zip archive is locked (${what}); unpack it and save the model without a password.`);
  return unzipSome(bytes, {
    ...{ wanted, most: MOST_ENTRIES, corrupt, locked },
    tooMany: () => broken(`The zip archive lists more than ${MOST_ENTRIES} parts; it is not read.`),
  });
}

function broken(sentence: string): Refusal {
  return new Refusal('broken-model', sentence);
}
