import { unzipSome } from '../../files/unzipSome.ts';
import { Refusal } from '../../refusal.ts';
import { type NpyArray, readNpy } from './readNpy.ts';
import type { SeriesArray } from './seriesArray.ts';

/** An array that claims to unpack to more is refused before it is unpacked. */
const largestArray = 2 ** 30;
/** Numbers that are measured do not pack to a hundredth; padding alone may, so small arrays are left alone. */
const smallArray = 2 ** 25;
const mostExpansion = 100;
/** Arrays of an archive. */
export const MOST_ARRAYS = 10_000;
/** Names stand in sentences. */
export const LONGEST_NAME = 200;

/** An opened .npz. */
export interface Npz {
  /** Names of all arrays in the file, `.npy` left off. */
  readonly names: readonly string[];
  /** @throws Refusal when the array is corrupt, too large, or of an unknown type. Undefined where there is none. */
  get(name: string): NpyArray | undefined;
  /** The array where it can stay in the file until its numbers are looked at. @throws Refusal as get */
  series?(name: string): SeriesArray | undefined;
}

/** By its first bytes. */
export function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b;
}

/**
 * The arrays of a .npz. Nothing is unpacked until it is asked for, and entry names are never used as paths.
 * @param fileName how refusals call the file
 * @throws Refusal `npz-corrupt`, `npz-too-many`
 */
export function readNpz(bytes: Uint8Array, fileName: string): Npz {
  const sizes = new Map<string, { size: number; packed: number }>();
  unpack(bytes, fileName, (entry, size, packed) => {
    if (entry.endsWith('.npy')) {
      if (entry.length > LONGEST_NAME) throw strangeName(entry, fileName);
      sizes.set(entry.slice(0, -'.npy'.length), { size, packed });
    }
    return false;
  });
  return {
    names: [...sizes.keys()],
    get(name) {
      const entered = sizes.get(name);
      if (entered === undefined) {
        return undefined;
      }
      const { size, packed } = entered;
      const called = `${fileName}: array "${name}"`;
      mustBeMeasured(size, packed, called);
      const entry = unpack(bytes, fileName, (candidate) => candidate === `${name}.npy`)[`${name}.npy`];
      return entry && readNpy(entry, called);
    },
  };
}

function unpack(
  bytes: Uint8Array,
  fileName: string,
  wanted: (name: string, size: number, packed: number) => boolean,
): Record<string, Uint8Array> {
  return unzipSome(bytes, {
    ...{ wanted, most: MOST_ARRAYS },
    tooMany: () => tooMany(fileName),
    corrupt: (reason) => npzCorrupt(fileName, reason),
    locked: (what) => npzLocked(fileName, what),
  });
}

/** What an array claims to unpack to. @throws Refusal `npz-too-large` */
export function mustBeMeasured(size: number, packed: number, called: string): void {
  if (size > largestArray) {
    throw new Refusal(
      'npz-too-large',
      `${called} claims to unpack to ${(size / 2 ** 30).toFixed(1)} GB; at most 1 GB is read, so save fewer instances.`,
    );
  }
  if (size > smallArray && size > mostExpansion * packed) {
    throw new Refusal(
      'npz-too-large',
      `${called} claims to unpack from ${Math.ceil(packed / 1024)} kB to ${Math.round(size / 2 ** 20)} MB, which measured series do not; save it with numpy.savez, or fewer instances.`,
    );
  }
}

/** An archive of too many arrays. */
export function tooMany(fileName: string): Refusal {
  return new Refusal('npz-too-many', `${fileName} lists more than ${MOST_ARRAYS} arrays; it is not read.`);
}

/** @param reason in a few words */
export function npzCorrupt(fileName: string, reason: string): Refusal {
  return new Refusal(
    'npz-corrupt',
    `${fileName} is not a readable .npz: the zip archive is corrupt or truncated (${reason}).`,
  );
}

/** @param what in a few words */
export function npzLocked(fileName: string, what: string): Refusal {
  return new Refusal(
    'npz-corrupt',
    `${fileName} is locked: in its zip archive ${what}; unpack it and save it without a password.`,
  );
}

/** An entry whose name no array has. */
export function strangeName(entry: string, fileName: string): Refusal {
  return new Refusal(
    'npz-corrupt',
    `${fileName} has an array whose name has ${entry.length.toLocaleString('en-US')} characters ("${entry.slice(0, 40)}…"): the zip archive is corrupt, or save it with shorter names.`,
  );
}
