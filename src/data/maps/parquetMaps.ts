import type { RowGroup } from 'hyparquet';
import { Refusal } from '../../refusal.ts';
import { openBytes } from '../byteSource.ts';
import { columnsOf, readColumn } from '../parquet/columnChunk.ts';
import { readFooter } from '../parquet/footer.ts';
import { openRanges } from '../parquet/ranges.ts';
import { readable } from '../parquet/readable.ts';
import { EXTRA_COLUMNS, MAP_COLUMNS, type MapFile } from './mapRow.ts';
import { refuseMissing } from './missingColumns.ts';
import { rowOf, textOf } from './rowOf.ts';

/** A group of rows is decoded as a whole; as lists of numbers it takes several times its bytes. */
const MOST_BYTES = 2 ** 27;

/** @throws Refusal `maps-wrong`, `maps-too-large`, `parquet-corrupt`, those of opening a file */
export async function parquetMaps(path: string): Promise<MapFile> {
  // A group of rows at a time: the file may be of any size.
  const source = await openBytes({ path }, Number.POSITIVE_INFINITY);
  const { file, close } = await openRanges(source);
  try {
    const { name } = source;
    const metadata = await readFooter(file, name);
    const all = columnsOf(metadata);
    const there = all.map(({ name: column }) => column);
    refuseMissing(name, there);
    const columns = [...MAP_COLUMNS, ...EXTRA_COLUMNS].filter((column) => there.includes(column));
    const large = metadata.row_groups.find((group) => bytesOf(group, columns) > MOST_BYTES);
    if (large) {
      throw new Refusal(
        'maps-too-large',
        `${name} has row groups of ${Math.round(bytesOf(large, columns) / 2 ** 20)} MB; write it with row groups of at most ${MOST_BYTES / 2 ** 20} MB (row_group_size).`,
      );
    }
    const groups = async function* (wanted: string[]) {
      for (const [index, { num_rows: rows }] of metadata.row_groups.entries()) {
        const found = Array.from({ length: Number(rows) }, (): Record<string, unknown> => ({}));
        for (const column of wanted) {
          const read = () => readColumn(file, metadata, index, all[there.indexOf(column)]!);
          for (const { from, values } of await readable(name, read)) {
            for (let at = 0; at < values.length; at++) found[from + at]![column] = values[at];
          }
        }
        yield* found;
      }
    };
    return {
      name,
      count: Number(metadata.num_rows),
      close,
      async *labels() {
        if (!columns.includes('label')) return;
        for await (const { label } of groups(['label'])) yield textOf(label);
      },
      async *rows(shape) {
        let row = 0;
        for await (const raw of groups(columns)) yield rowOf(raw, row++, name, shape);
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function bytesOf({ columns }: RowGroup, wanted: readonly string[]): number {
  return columns
    .filter(({ meta_data: meta }) => meta && wanted.includes(meta.path_in_schema[0]!))
    .reduce((sum, { meta_data: meta }) => sum + Number(meta!.total_uncompressed_size), 0);
}
