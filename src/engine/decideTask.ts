import { basename } from 'node:path';
import type { Dataset } from '../data/dataset.ts';
import { areMeasurements } from '../data/numpy/measurements.ts';
import type { Finding } from '../finding.ts';
import { listed } from '../format.ts';
import type { Classifier } from '../graph/classifier.ts';
import type { Head } from '../graph/heads.ts';
import type { Task } from '../graph/task.ts';
import type { Project } from '../project/projectShape.ts';
import { Refusal } from '../refusal.ts';

/** What a model's outputs stand for, and why, where the model leaves it open. */
interface Decided {
  readonly task: Task;
  readonly findings: readonly Finding[];
}

type Answer = Pick<Classifier, 'open' | 'values' | 'classes' | 'outputIs' | 'heads'>;

/**
 * A model with one output and no sigmoid may give a class's logit or a number: the file's labels tell. Undefined where
 * nothing is open.
 * @throws Refusal `class-or-number` where nothing tells
 */
export function decideTask(
  path: string,
  { open, values, classes, outputIs, heads = [] }: Answer,
  project: Project | undefined,
  { instances, classes: declared }: Pick<Dataset, 'instances' | 'classes'>,
): Decided | undefined {
  if (values) return undefined;
  const measured = instances.flatMap(({ measured }) => (measured === undefined ? [] : [measured]));
  if (!open) {
    const several = measured[0]?.split(' ').length;
    const fits = outputIs === 'logits' && several === classes && project?.task === undefined;
    return fits
      ? regression(`as many real numbers per instance as the model has outputs (${classes})`)
      : undefined;
  }
  if (project?.classes?.length === 2 || declared?.length === 2)
    return { task: 'classification', findings: [] };
  if (measured.length > 0) return regression('real numbers that hardly come again');
  const labels = instances.flatMap(({ label }) => (label === undefined ? [] : [label]));
  const different = [...new Set(labels)];
  const numeric = different.filter((label) => label.trim() !== '' && Number.isFinite(Number(label)));
  const all = numeric.length === different.length;
  if (all && (areMeasurements(labels) || different.some((label) => !Number.isInteger(Number(label))))) {
    return regression('real numbers');
  }
  const ofClasses = heads.filter(({ columns }) => columns > 1);
  if (all && different.length > 2 && ofClasses.length === 0)
    return regression(`${different.length} different numbers`);
  const flags = different.every((label) => ['-1', '0', '1', '2'].includes(label));
  if (different.length > 0 && different.length <= 2 && (flags || numeric.length === 0)) {
    return { task: 'classification', findings: [] };
  }
  throw classOrNumber(path, 'the labels do not tell', ofClasses);
}

/** Nothing says what a model's only output stands for, and nothing is guessed. */
export function classOrNumber(path: string, why: string, others: readonly Head[] = []): Refusal {
  const names = listed(others.map(({ name }) => name));
  const other =
    others.length > 0
      ? `; the answer may also be another output of it, which may hold classes (${names}): "output" in attribution.json takes it`
      : '';
  return new Refusal(
    'class-or-number',
    `${basename(path)} gives one number without a sigmoid, and ${why} whether it is the logit of a class or a number of its own (a regression); set "task" in attribution.json to "classification" or "regression" (on the command line --set task=regression)${other}.`,
  );
}

function regression(labels: string): Decided {
  const sentence = `The model ends without a sigmoid and the labels are ${labels}, so it is taken for a regression, whose outputs are numbers and no classes; "task": "classification" in attribution.json says otherwise.`;
  return { task: 'regression', findings: [{ code: 'taken-for-regression', severity: 'info', sentence }] };
}
