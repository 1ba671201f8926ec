import type { ArrayShape } from './arrayShape.ts';
import { LARGEST_HEADER, readNpyHeader } from './npyHeader.ts';
import type { RangeFile } from './rangeFile.ts';
import { itemOf, mustFill } from './readNpy.ts';
import type { SeriesArray } from './seriesArray.ts';

/** Bytes read at once where single numbers are asked for, in their order. */
const BLOCK = 2 ** 18;

/**
 * A .npy array of numbers that stays in its file, where its instances stand one behind the other; undefined where they
 * do not, or are no numbers: then it is read as a whole.
 * @param at where in the file it begins
 * @param size its bytes
 * @param name how a refusal calls it
 * @throws Refusal those of the header, `npy-dtype`, `npy-truncated`, later `file-changed`
 */
export function numbersOnDisk(
  file: RangeFile,
  at: number,
  size: number,
  name: string,
): SeriesArray | undefined {
  const head = file.read(at, Math.min(size, LARGEST_HEADER + 12));
  const { descr, fortranOrder, dims, offset } = readNpyHeader(head, name);
  const { dtype, itemBytes, decode } = itemOf(descr, name);
  if (dtype === 'text' || fortranOrder || dims.length < 3) return undefined;
  mustFill(dims, itemBytes, size - offset, name);
  const [first, end] = [at + offset, at + size];
  let block = { from: 0, bytes: new Uint8Array() };
  return {
    ...{ dims, dtype, onDisk: true },
    instance(index: number, { strides }: ArrayShape) {
      const bytes = strides.instance * itemBytes;
      return { data: decode(file.read(first + index * bytes, bytes)), from: 0 };
    },
    number(index: number) {
      const place = first + index * itemBytes;
      if (place < block.from || place + itemBytes > block.from + block.bytes.length)
        block = { from: place, bytes: file.read(place, Math.min(BLOCK, end - place)) };
      return Number(decode(block.bytes.slice(place - block.from, place - block.from + itemBytes))[0]);
    },
  };
}
