import { Refusal } from '../../refusal.ts';
import { openBytes, readAllBytes } from '../byteSource.ts';
import type { NpyArray } from '../numpy/readNpy.ts';
import { readNpz } from '../numpy/readNpz.ts';
import { EXTRA_COLUMNS, MAP_COLUMNS, type MapFile } from './mapRow.ts';
import { refuseMissing } from './missingColumns.ts';
import { type RawRow, rowOf, textOf } from './rowOf.ts';

/** A file of arrays [N, …], as numpy.savez leaves them; read as a whole. @throws Refusal `maps-wrong`, those of npz */
export async function npzMaps(path: string): Promise<MapFile> {
  const source = await openBytes({ path });
  const { name } = source;
  const archive = readNpz(await readAllBytes(source), name);
  refuseMissing(name, archive.names);
  const columns = [...MAP_COLUMNS, ...EXTRA_COLUMNS].filter((column) => archive.names.includes(column));
  const count = archive.get('predicted')!.dims[0] ?? 0;
  return {
    name,
    count,
    close: async () => {},
    async *labels() {
      for (const label of archive.get('label')?.data ?? []) yield textOf(label);
    },
    async *rows(shape) {
      const arrays = columns.map((column) => [column, slicer(archive.get(column)!, column)] as const);
      for (let row = 0; row < count; row++) {
        const raw: RawRow = Object.fromEntries(arrays.map(([column, at]) => [column, at(row)]));
        yield rowOf(raw, row, name, shape);
      }
    },
  };

  function slicer({ dims, data }: NpyArray, column: string): (row: number) => unknown {
    if (dims[0] !== count) {
      throw new Refusal(
        'maps-wrong',
        `${name}: "${column}" is of ${dims[0] ?? 0} instances, "predicted" of ${count}.`,
      );
    }
    const size = dims.slice(1).reduce((product, dim) => product * dim, 1);
    return dims.length === 1 ? (row) => data[row] : (row) => data.slice(row * size, (row + 1) * size);
  }
}
