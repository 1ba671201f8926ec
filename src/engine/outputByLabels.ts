import type { Dataset } from '../data/dataset.ts';
import { areMeasurements } from '../data/numpy/measurements.ts';
import { count, listed } from '../format.ts';
import type { Classifier } from '../graph/classifier.ts';
import type { Head } from '../graph/heads.ts';
import type { AnswerHints, Task } from '../graph/task.ts';

/** More different labels than that are no classes. */
const MOST = 2000;

/**
 * Of several outputs, of which nothing in the model says which is the answer, the only one that can be what the labels of
 * a file are: it gives as many classes, or holds as many numbers as were measured.
 */
export function outputByLabels(
  { heads = [] }: Pick<Classifier, 'heads'>,
  task: Task | undefined,
  dataset: Pick<Dataset, 'instances' | 'classes'>,
): Pick<AnswerHints, 'output' | 'outputBy'> | undefined {
  if (heads.length < 2) return undefined;
  const labels = labelsOf(dataset);
  if (labels === undefined) return undefined;
  const isOfNumbers = typeof labels === 'number';
  if (task === (isOfNumbers ? 'classification' : 'regression')) return undefined;
  const fitting = isOfNumbers
    ? heads.filter(({ columns, isFinal }) => columns === labels && !isFinal)
    : heads.filter((head) => classesOf(head) === labels.length);
  const [head] = fitting;
  if (fitting.length !== 1) return undefined;
  const because = isOfNumbers
    ? `it alone holds ${count(labels, 'number')} that ${labels === 1 ? 'is' : 'are'} no class, and the labels of the file are real numbers`
    : `it alone gives as many classes as the file has: ${listed(labels)}`;
  // A file that was not declared to hold them all may lack a class.
  const larger = isOfNumbers || dataset.classes ? [] : heads.filter(({ columns }) => columns > labels.length);
  return { output: head!.name, outputBy: { because, doubt: larger.map(({ name }) => name) } };
}

/** A single column tells two classes. */
function classesOf({ columns }: Head): number {
  return Math.max(2, columns);
}

/** Names of all classes, or how many real numbers an instance has; undefined where the labels show neither. */
function labelsOf({ instances, classes }: Pick<Dataset, 'instances' | 'classes'>) {
  if (classes && classes.length > 1) return classes;
  const measured = instances.find((one) => one.measured !== undefined)?.measured;
  if (measured !== undefined) return measured.split(' ').length;
  const labels = instances.flatMap(({ label }) => (label === undefined ? [] : [label]));
  const all = [...new Set(labels)];
  if (all.length < 2 || all.length > MOST) return undefined;
  const numbers = all.map((label) => (label.trim() === '' ? Number.NaN : Number(label)));
  if (numbers.every((value) => !Number.isFinite(value))) return all.toSorted();
  if (!numbers.every(Number.isFinite)) return undefined;
  if (areMeasurements(labels) || !numbers.every(Number.isInteger)) return 1;
  // Numbers with a gap are not all there are.
  const [least, most] = [Math.min(...numbers), Math.max(...numbers)];
  const areAll = (least === 0 || least === 1) && most - least === all.length - 1;
  const areSigns = all.length === 2 && least === -1 && most === 1;
  return areAll || areSigns ? all.toSorted((a, b) => Number(a) - Number(b)) : undefined;
}
