import type { Dataset, Instance } from '../dataset.ts';
import { LazyInstance } from '../lazyInstance.ts';
import { PackedColumn } from '../packedColumn.ts';

/** Cells of a file up to which what was read for it weighs more than its numbers. */
const SMALL = 2 ** 20;

/** A small file of many without all that reading it took: its numbers alone, and names that it shares with another. */
export function compact(dataset: Dataset, like: Dataset): Dataset {
  const { plan: _, ...rest } = dataset;
  const shared = {
    ...rest,
    features: same(rest.features, like.features),
    ...(rest.columns && { columns: same(rest.columns, like.columns) }),
    ...(rest.cells && { cells: { ...rest.cells, columns: same(rest.cells.columns, like.cells?.columns) } }),
  };
  const cells = dataset.instances.reduce((sum, { length }) => sum + length * dataset.features.length, 0);
  return cells > SMALL ? shared : { ...shared, instances: dataset.instances.map(packed) };
}

function same<T>(own: readonly T[], other: readonly T[] | undefined): readonly T[] {
  return other?.length === own.length && own.every((one, at) => one === other[at]) ? other : own;
}

function packed(instance: Instance): LazyInstance {
  const { lines, times } = instance;
  const values = PackedColumn.of(instance.values);
  const linesAt = lines && packedLines(lines);
  const timesAt = times && PackedColumn.of(times);
  return new LazyInstance(instance, () => values.values(), linesAt, timesAt && (() => timesAt.values()));
}

/** Mostly one below the other. */
function packedLines(lines: Int32Array): () => Int32Array {
  const { length } = lines;
  const first = lines[0] ?? 0;
  if (lines.some((line, at) => line !== first + at)) {
    const own = lines.slice();
    return () => own;
  }
  return () => Int32Array.from({ length }, (_, at) => first + at);
}
