import { listed } from '../../format.ts';
import { Refusal } from '../../refusal.ts';
import type { TableColumn } from './columnChunk.ts';

/** What a column holds in each row. */
export interface ColumnKind {
  readonly column: TableColumn;
  /** 0: one value; 1: a list of numbers; 2: lists of numbers in a list. */
  readonly depth: 0 | 1 | 2;
  /** Whether its numbers are of single precision. */
  readonly single: boolean;
}

const NUMBERS: readonly (string | undefined)[] = ['BOOLEAN', 'INT32', 'INT64', 'FLOAT', 'DOUBLE'];

/** @throws Refusal `parquet-nested` where a column holds something that is neither a value nor lists of numbers */
export function columnKinds(columns: readonly TableColumn[], fileName: string): ColumnKind[] {
  const wrong = columns.flatMap((column) => {
    const what = strange(column);
    return what === undefined ? [] : [{ column, what }];
  });
  const [first] = wrong;
  if (first) {
    const names = wrong.map(({ column: { name } }) => `"${name}"`);
    throw new Refusal(
      'parquet-nested',
      `${fileName}: column "${first.column.name}" holds ${first.what}; series are numbers, or lists of numbers. Save the file without ${listed(names, 12)}, or one row per step with a column that names the instance.`,
    );
  }
  return columns.map((column) => {
    const depth = depthOf(column) as ColumnKind['depth'];
    return { column, depth, single: column.schema.at(-1)!.type === 'FLOAT' };
  });
}

function depthOf({ schema }: TableColumn): number {
  return schema.filter(({ repetition_type }) => repetition_type === 'REPEATED').length;
}

/** What else it holds, in words. */
function strange(column: TableColumn): string | undefined {
  const { schema } = column;
  const leaf = schema.at(-1)!;
  const depth = depthOf(column);
  if (schema.some(({ num_children: children = 0 }) => children > 1)) {
    return schema.some(({ converted_type: type }) => type === 'MAP' || type === 'MAP_KEY_VALUE')
      ? 'maps of keys and values'
      : 'records of several fields';
  }
  if (depth === 0) return schema.length > 1 ? 'records' : undefined;
  if (depth > 2) return `lists within lists, ${depth} deep`;
  const isHalf = leaf.logical_type?.type === 'FLOAT16';
  return NUMBERS.includes(leaf.type) || isHalf ? undefined : 'lists of something other than numbers';
}
