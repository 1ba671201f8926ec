import { ReadingQuestion } from './reading/readingQuestion.ts';

const LABELS = /^(y|labels?|targets?|classes|ground_?truth|gt)(?=$|[_.\- ])/i;

/** Whether a file or a column is called after labels: `y_train.txt`. */
export function isCalledLabels(name: string): boolean {
  return LABELS.test(name);
}

/**
 * One series of few whole numbers in a file with the name of labels (`y_train.txt`, `labels.npy`).
 * @throws ReadingQuestion `label-file`
 */
export function askLabelFile(fileName: string): void {
  if (!isCalledLabels(fileName)) return;
  throw new ReadingQuestion({
    id: 'label-file',
    sentence: `${fileName} holds few whole numbers one under the other, as the labels of the series in another file do: open the file of the series`,
    ways: [{ label: 'it is a series all the same', patch: { data: { layout: 'single' } } }],
  });
}
