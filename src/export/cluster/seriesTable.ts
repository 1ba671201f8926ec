import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import type { SeriesRows } from './seriesRows.ts';

/** The writer brings types of its own. */
type SchemaElement = ConstructorParameters<typeof ParquetWriter>[0]['schema'][number];

/** What the table is for. */
export interface SeriesColumns {
  /** As the explainer's input has it. */
  readonly series: 'DOUBLE' | 'FLOAT';
  /** Whether the explainer takes a mask. */
  readonly mask: boolean;
}

/**
 * A Parquet table of `id`, `label` (null where there is none), `series` (a flat list of F · T numbers, feature after
 * feature: nested lists come back as objects in most readers), `length`, and `mask` (T numbers) where it is wanted; a
 * group of rows for each part, so that no more than a part is held.
 */
export class SeriesTable {
  readonly #writer = new ByteWriter();
  #parquet: ParquetWriter | undefined;

  constructor(private readonly columns: SeriesColumns) {}

  /** The bytes that a part adds. */
  async add({ ids, labels, lengths, values, masks, features, steps }: SeriesRows): Promise<Uint8Array> {
    const list = (row: number) =>
      Array.from(values.subarray(row * features * steps, (row + 1) * features * steps));
    const mask = (row: number) => Array.from(masks.subarray(row * steps, (row + 1) * steps));
    const rows = ids.map((_, row) => row);
    this.#parquet ??= this.#begun(features, steps);
    await this.#parquet.write({
      rowGroupSize: ids.length,
      columnData: [
        { name: 'id', data: [...ids] },
        { name: 'label', data: [...labels] },
        { name: 'series', data: rows.map(list) },
        { name: 'length', data: lengths.map(BigInt) },
        ...(this.columns.mask ? [{ name: 'mask', data: rows.map(mask) }] : []),
      ],
    });
    return this.#taken();
  }

  /** The bytes that end the file, to which at least one part was added. */
  async end(): Promise<Uint8Array> {
    await this.#parquet!.finish();
    return this.#taken();
  }

  /** How the flat lists are cut stands in the file, for whoever reads it as data again. */
  #begun(features: number, steps: number): ParquetWriter {
    return new ParquetWriter({
      writer: this.#writer,
      schema: schemaOf(this.columns),
      codec: 'SNAPPY',
      statistics: false,
      createdBy: 'attribution-lens',
      kvMetadata: [
        { key: 'attribution.features', value: `${features}` },
        { key: 'attribution.steps', value: `${steps}` },
      ],
    });
  }

  /** What was written since the last time; places in the file go on counting. */
  #taken(): Uint8Array {
    const bytes = new Uint8Array(this.#writer.buffer.slice(0, this.#writer.index));
    this.#writer.index = 0;
    return bytes;
  }
}

function schemaOf({ series, mask }: SeriesColumns): SchemaElement[] {
  const list = (name: string, type: 'DOUBLE' | 'FLOAT'): SchemaElement[] => [
    { name, repetition_type: 'REQUIRED', num_children: 1, converted_type: 'LIST' },
    { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
    { name: 'element', repetition_type: 'REQUIRED', type },
  ];
  const text = (name: string, repetition_type: 'REQUIRED' | 'OPTIONAL'): SchemaElement => ({
    name,
    type: 'BYTE_ARRAY',
    converted_type: 'UTF8',
    repetition_type,
  });
  return [
    { name: 'schema', num_children: mask ? 5 : 4 },
    text('id', 'REQUIRED'),
    text('label', 'OPTIONAL'),
    ...list('series', series),
    { name: 'length', type: 'INT64', repetition_type: 'REQUIRED' },
    ...(mask ? list('mask', 'FLOAT') : []),
  ];
}
