import { count, listed } from '../../format.ts';
import type { DataOptions } from '../dataOptions.ts';
import type { Dataset } from '../dataset.ts';
import { ReadingQuestion } from '../reading/readingQuestion.ts';

/**
 * Files that have the same columns in different orders: which of them is the model's cannot be seen.
 * @throws ReadingQuestion `feature-order` unless "features" says it
 */
export function askFeatureOrder(folder: string, read: readonly Dataset[], options: DataOptions): void {
  if (options.features !== undefined || (options.input?.features ?? 1) === 1) return;
  const orders = new Map<string, { features: readonly string[]; files: number }>();
  for (const { features } of read) {
    const key = JSON.stringify(features);
    orders.set(key, { features, files: (orders.get(key)?.files ?? 0) + 1 });
  }
  const found = [...orders.values()].sort((a, b) => b.files - a.files);
  const isReordered = found.every(({ features }) =>
    features.every((name) => found[0]!.features.includes(name)),
  );
  if (found.length < 2 || !isReordered) return;
  throw new ReadingQuestion({
    id: 'feature-order',
    sentence: `The files of ${folder} have the same columns in different orders, and the model's is not known`,
    ways: found.slice(0, 3).map(({ features, files }) => ({
      label: `the order is ${listed(features, 6)}, as in ${count(files, 'file')}`,
      patch: { data: { features } },
    })),
  });
}
