import { dataOf, type ZipEntry } from '../../files/zipDirectory.ts';
import { bytesOf, entriesIn, orCorrupt } from '../numpy/archiveEntries.ts';
import { LARGEST_HEADER, readNpyHeader } from '../numpy/npyHeader.ts';
import type { RangeFile } from '../numpy/rangeFile.ts';
import { itemOf, mustFill, readNpy } from '../numpy/readNpy.ts';

/** Read at once, in bytes; a row that is larger comes alone. */
const BLOCK = 2 ** 22;

/** An array whose rows are asked for one after the other. */
interface Rows {
  readonly count: number;
  /** Of a row. */
  readonly dims: readonly number[];
  /** A number or text, or those of a row. */
  at(row: number): unknown;
}

/** The arrays of an archive: of those it does not pack some rows at a time are read, packed ones as a whole. */
export class NpzRows {
  readonly #entries: ReadonlyMap<string, ZipEntry>;

  /** @throws Refusal `npz-corrupt`, `npz-too-many` */
  constructor(private readonly file: RangeFile) {
    this.#entries = entriesIn(file);
  }

  get names(): string[] {
    return [...this.#entries.keys()];
  }

  /** @throws Refusal `npz-corrupt`, `npz-too-large`, those of npy */
  rows(name: string): Rows {
    const entry = this.#entries.get(name)!;
    const called = `${this.file.name}: array "${name}"`;
    return (entry.method === 0 && this.#onDisk(entry, called)) || this.#unpacked(entry, called);
  }

  #unpacked(entry: ZipEntry, called: string): Rows {
    const { dims, data } = readNpy(bytesOf(this.file, entry, called), called);
    const size = sizeOf(dims);
    const at = slicer(dims, (row) => data.slice(row * size, (row + 1) * size));
    return { count: dims[0] ?? 0, dims: dims.slice(1), at };
  }

  #onDisk(entry: ZipEntry, called: string): Rows | undefined {
    const { file } = this;
    const start = orCorrupt(file, () => dataOf(file, entry));
    const head = file.read(start, Math.min(entry.packed, LARGEST_HEADER + 12));
    const { descr, fortranOrder, dims, offset } = readNpyHeader(head, called);
    if (fortranOrder && dims.length > 1) return undefined;
    const { itemBytes, decode } = itemOf(descr, called);
    mustFill(dims, itemBytes, entry.packed - offset, called);
    const [size, count] = [sizeOf(dims), dims[0] ?? 0];
    const most = Math.max(1, Math.floor(BLOCK / Math.max(1, size * itemBytes)));
    let [from, block]: [number, ReturnType<typeof decode>] = [0, []];
    const row = (at: number) => {
      if (at < from || at >= from + block.length / Math.max(1, size)) {
        const rows = Math.min(most, count - at);
        from = at;
        block = decode(file.read(start + offset + at * size * itemBytes, rows * size * itemBytes));
      }
      return block.slice((at - from) * size, (at - from + 1) * size);
    };
    return { count, dims: dims.slice(1), at: slicer(dims, row) };
  }
}

function sizeOf(dims: readonly number[]): number {
  return dims.slice(1).reduce((product, dim) => product * dim, 1);
}

function slicer(dims: readonly number[], row: (at: number) => ArrayLike<unknown>): Rows['at'] {
  return dims.length === 1 ? (at) => row(at)[0] : row;
}
