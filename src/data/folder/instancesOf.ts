import type { Dataset, Instance } from '../dataset.ts';
import { LazyInstance } from '../lazyInstance.ts';
import type { FoundFile } from './findFiles.ts';

/**
 * The instances of one file as those of the folder: named after the file, their features in the folder's order.
 * @param label what the file's name says, if it does
 */
export function instancesOf(
  { instances, features }: Dataset,
  file: FoundFile,
  wanted: readonly string[],
  label: string | undefined,
): LazyInstance[] {
  const from = wanted.map((name) => features.indexOf(name));
  const isOrdered = from.every((feature, at) => feature === at);
  return instances.map((one) => {
    const plain = {
      ...{ id: instances.length === 1 ? file.name : `${file.name} ${one.id}`, index: one.index },
      ...{ label: label ?? one.label, length: one.length, line: one.line, mask: one.mask },
      ...{ prepared: one.prepared, file: file.name },
    };
    const values = isOrdered ? () => one.values : () => inOrder(one, from);
    return new LazyInstance(plain, values, one.lines && (() => one.lines!));
  });
}

/** [F, L] with the rows in another order. */
function inOrder({ values, length }: Instance, from: readonly number[]): Float64Array {
  const ordered = new Float64Array(values.length);
  for (const [at, feature] of from.entries()) {
    ordered.set(values.subarray(feature * length, (feature + 1) * length), at * length);
  }
  return ordered;
}
