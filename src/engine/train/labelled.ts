import { basename } from 'node:path';
import type { Instance } from '../../data/dataset.ts';
import { labelIndex } from '../../data/labelIndex.ts';
import { areMeasurements } from '../../data/numpy/measurements.ts';
import { whereIs } from '../../data/whereIs.ts';
import type { Finding } from '../../finding.ts';
import { listed } from '../../format.ts';
import { Refusal } from '../../refusal.ts';

/** Of a class, that one can be held back and others learnt from. */
const FEWEST_OF_CLASS = 2;
const MOST_CLASSES = 1000;

/** What is looked at of an instance. */
type Labelled = Pick<Instance, 'id' | 'label' | 'measured' | 'file' | 'line'> & {
  readonly lines?: ArrayLike<number>;
};

/**
 * The classes of a file, as label encoders number them: numbers by value, names by letter.
 * @param named those of attribution.json, which go before where they name every label
 * @throws Refusal `labels-no-classes`, `no-labels`, `one-class`, `too-few`, `too-many-classes`
 */
export function classesToLearn(
  { instances }: { readonly instances: readonly Labelled[] },
  named: readonly string[] | undefined,
  path: string,
): readonly string[] {
  mustBeClasses(instances, path);
  const counts = new Map<string, number>();
  for (const instance of instances) {
    const { label } = instance;
    if (label === undefined || label === '') throw noLabel(basename(path), instance, instances);
    counts.set(label, (counts.get(label) ?? 0) + 1);
  }
  if (counts.size === 1) {
    throw new Refusal(
      'one-class',
      `${basename(path)} has only one class, ${JSON.stringify([...counts.keys()][0])}: there is nothing to tell apart.`,
    );
  }
  if (counts.size > MOST_CLASSES) {
    throw new Refusal(
      'too-many-classes',
      `${basename(path)} has ${counts.size} different labels, more than the ${MOST_CLASSES} classes a network is made for; set "label" under "data" in attribution.json to the column with the classes.`,
    );
  }
  const [rarest, fewest] = [...counts].reduce((least, one) => (one[1] < least[1] ? one : least));
  if (fewest < FEWEST_OF_CLASS) {
    throw new Refusal(
      'too-few',
      `${basename(path)} has one series of class ${JSON.stringify(rarest)}; training needs ${FEWEST_OF_CLASS} of each at the least.`,
    );
  }
  const known = named?.length && [...counts.keys()].every((label) => labelIndex(label, named) >= 0);
  return known ? named! : inOrder([...counts.keys()]);
}

/** Classes of settings that no series has, or settings whose classes are not the file's: said, as they may be another file's. */
export function otherClasses(
  { instances }: { readonly instances: readonly Labelled[] },
  named: readonly string[] | undefined,
  learnt: readonly string[],
): Finding[] {
  if (!named?.length) return [];
  if (named !== learnt) {
    const sentence = `attribution.json names other classes (${listed(named)}); they are not used, as the file has labels beyond them: ${listed(learnt)} are learnt.`;
    return [{ code: 'other-classes', severity: 'warning', sentence }];
  }
  const seen = new Set(instances.map(({ label }) => labelIndex(label ?? '', named)));
  const missing = named.filter((_, index) => !seen.has(index));
  if (missing.length === 0) return [];
  const sentence = `attribution.json names classes that no series of the file has (${listed(missing)}); the model gets outputs for them all the same.`;
  return [{ code: 'other-classes', severity: 'warning', sentence }];
}

/** @throws Refusal `labels-no-classes` where the labels are real numbers, as a regression learns them */
function mustBeClasses(instances: readonly Labelled[], path: string): void {
  const values = instances.map(({ label, measured }) => measured ?? label ?? '');
  if (!areMeasurements(values)) return;
  const sentence = `${basename(path)} has real numbers for labels (${values[0]!}, …), and training makes a network for classes; a regression model made elsewhere is explained.`;
  throw new Refusal('labels-no-classes', sentence);
}

function inOrder(labels: readonly string[]): string[] {
  const numeric = labels.every((label) => label.trim() !== '' && Number.isFinite(Number(label)));
  return numeric ? labels.toSorted((a, b) => Number(a) - Number(b)) : labels.toSorted();
}

function noLabel(file: string, one: Labelled, all: readonly Labelled[]): Refusal {
  return new Refusal(
    'no-labels',
    all.some(({ label }) => label)
      ? `${file}: ${whereIs(one)} has no label; training needs one of every series.`
      : `${file} has no labels to learn; name the column that has them with "label" under "data" in attribution.json, or with --set data.label=NAME.`,
  );
}
