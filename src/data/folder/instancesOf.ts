import type { Dataset, Instance } from '../dataset.ts';
import { LazyInstance } from '../lazyInstance.ts';
import type { FoundFile } from './findFiles.ts';

/**
 * The instances of one file as those of the folder: named after the file, their features in the folder's order.
 * @param wanted features in the folder's order, label as the file's name says it, place of the first instance
 */
export function instancesOf(
  { instances, features }: Dataset,
  file: FoundFile,
  wanted: {
    readonly features: readonly string[];
    readonly label: string | undefined;
    readonly first: number;
  },
): LazyInstance[] {
  const { label, first } = wanted;
  const from = wanted.features.map((name) => features.indexOf(name));
  const isOrdered = from.length === features.length && from.every((feature, at) => feature === at);
  return instances.map((one, at) => {
    const plain = {
      ...{ id: instances.length === 1 ? file.name : `${file.name} ${one.id}`, index: first + at },
      ...{ label: label ?? one.label, length: one.length, line: one.line },
      ...(one instanceof LazyInstance && one.findMask ? { findMask: one.findMask } : { mask: one.mask }),
      ...{ prepared: one.prepared, file: file.name },
    };
    const values = isOrdered ? () => one.values : () => valuesInOrder(one, from);
    const times = one.times && (() => one.times!);
    return new LazyInstance(plain, values, one.lines && (() => one.lines!), times);
  });
}

/** [F, L] with the rows in another order, or some of them. */
export function valuesInOrder(
  { values, length }: Pick<Instance, 'values' | 'length'>,
  from: readonly number[],
): Float64Array {
  const ordered = new Float64Array(from.length * length);
  for (const [at, feature] of from.entries()) {
    ordered.set(values.subarray(feature * length, (feature + 1) * length), at * length);
  }
  return ordered;
}
