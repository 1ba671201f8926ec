import { Refusal } from '../../refusal.ts';
import { RangeFile } from '../numpy/rangeFile.ts';
import { EXTRA_COLUMNS, MAP_COLUMNS, type MapFile } from './mapRow.ts';
import { refuseMissing } from './missingColumns.ts';
import { NpzRows } from './npzRows.ts';
import { mustBe, type RawRow, rowOf, textOf } from './rowOf.ts';

/** A file of arrays [N, …], as numpy.savez leaves them. @throws Refusal `maps-wrong`, those of npz */
export async function npzMaps(path: string): Promise<MapFile> {
  const file = new RangeFile(path);
  const { name } = file;
  const archive = new NpzRows(file);
  refuseMissing(name, archive.names);
  const columns = [...MAP_COLUMNS, ...EXTRA_COLUMNS].filter((column) => archive.names.includes(column));
  const { count } = archive.rows('predicted');
  return {
    name,
    count,
    close: async () => {},
    async *labels() {
      if (!columns.includes('label')) return;
      const labels = rowsOf('label');
      for (let row = 0; row < count; row++) yield textOf(labels.at(row));
    },
    async *rows(shape) {
      const arrays = columns.map((column) => [column, rowsOf(column)] as const);
      mustBe(rowsOf('map').dims, 0, name, shape);
      for (let row = 0; row < count; row++) {
        const raw: RawRow = Object.fromEntries(arrays.map(([column, rows]) => [column, rows.at(row)]));
        yield rowOf(raw, row, name, shape);
      }
    },
  };

  function rowsOf(column: string) {
    const rows = archive.rows(column);
    if (rows.count === count) return rows;
    throw new Refusal(
      'maps-wrong',
      `${name}: "${column}" is of ${rows.count} instances, "predicted" of ${count}.`,
    );
  }
}
