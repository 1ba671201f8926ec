import { unzipSync } from 'fflate';
import { Refusal } from '../refusal.ts';

/** How an archive is looked through. */
interface Unzipping {
  /** Sizes in bytes, as the archive says them. May throw a Refusal. */
  readonly wanted: (name: string, size: number, packed: number) => boolean;
  readonly most: number;
  readonly tooMany: () => Refusal;
  /** @param reason in a few words, not ours */
  readonly corrupt: (reason: string) => Refusal;
}

/**
 * The wanted entries of a zip archive by name; names are never used as paths.
 * @throws Refusal those it is given
 */
export function unzipSome(
  bytes: Uint8Array,
  { wanted, most, tooMany, corrupt }: Unzipping,
): Record<string, Uint8Array> {
  let entries = 0;
  try {
    // fflate unpacks into a buffer of the declared size, so a wrong declaration cannot make it grow.
    return unzipSync(bytes, {
      filter: ({ name, size, originalSize }) => {
        if (++entries > most) throw tooMany();
        return wanted(name, originalSize, size);
      },
    });
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw corrupt(error instanceof Error ? error.message : String(error));
  }
}
