import type { DataOptions } from '../dataOptions.ts';
import type { Dataset } from '../dataset.ts';
import { ReadingQuestion } from '../reading/readingQuestion.ts';
import { folderLabels, placeWords } from './folderLabels.ts';

const NAMELESS = /^column \d+$/;

/**
 * A column without a name of which each file has one word or number, and folders or file names that part the files
 * otherwise: either may be the class, the other a person or a day.
 * @throws ReadingQuestion `folder-label`
 */
export function askLabelWithin(
  folder: string,
  names: readonly string[],
  [plan, read]: readonly [Dataset['plan'], readonly Dataset[]],
  options: DataOptions,
): void {
  if (options.label !== undefined || options.labelFrom !== undefined) return;
  const column = plan?.parts.find(({ role }) => role === 'label')?.name;
  if (column === undefined || !NAMELESS.test(column)) return;
  if (read.some(({ instances }) => instances.length !== 1)) return;
  const within = read.map(({ instances }) => instances[0]!.label ?? '');
  const beside = folderLabels(folder, names, options);
  if (!beside || partsOf(beside.labels) === partsOf(within)) return;
  throw new ReadingQuestion({
    id: 'folder-label',
    sentence: `The class of the files in ${folder} could be ${placeWords(beside.place)} or ${column}, which is the same through each file`,
    ways: [
      {
        label: `the class is ${placeWords(beside.place)}`,
        patch: { data: { labelFrom: beside.place } },
      },
      { label: `the class is ${column}`, patch: { data: { label: column } } },
    ],
  });
}

/** Which files have the same. */
function partsOf(labels: readonly string[]): string {
  return labels.map((label) => labels.indexOf(label)).join();
}
