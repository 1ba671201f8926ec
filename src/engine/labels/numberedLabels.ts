import type { Dataset, Instance } from '../../data/dataset.ts';
import type { Finding } from '../../finding.ts';
import type { ClassNames } from '../classNames.ts';

/** More labels than that are no classes of a model without names. */
const MOST = 2000;

const known = new WeakMap<readonly Instance[], readonly number[] | undefined>();

/**
 * Names for classes that nobody named, where the labels are as many whole numbers as there are classes, but not 0 to
 * C − 1: in order, as label encoders number them. Whole numbers without a 0 may count from 1, which is said.
 */
export function numberedLabels(names: ClassNames, { instances }: Pick<Dataset, 'instances'>): ClassNames {
  if (names.given || names.values) return names;
  const labels = distinct(instances);
  const count = names.names.length;
  if (!labels || labels.length < 2) return names;
  const [least, most] = [labels[0]!, labels.at(-1)!];
  const said = `Nothing names the classes, and the labels of the file are ${labels.slice(0, 12).join(', ')}`;
  const countsFromOne = least >= 1 && most === count;
  if (countsFromOne || (labels.length === count && (least < 0 || most >= count))) {
    const classes = countsFromOne ? Array.from({ length: count }, (_, index) => index + 1) : labels;
    const finding = info(
      'classes-from-labels',
      `${said}: the outputs of the model are taken for ${classes.slice(0, 12).join(', ')} in this order, as label encoders number them. Set "classes" in attribution.json if the order is another.`,
    );
    return { names: classes.map(String), findings: [...names.findings, finding], given: true };
  }
  if (least < 1 || most >= count) return names;
  const finding = info(
    'labels-from-one',
    `${said}: they are taken to count from 0. Set "classes" in attribution.json if they count from 1.`,
  );
  return { ...names, findings: [...names.findings, finding] };
}

/** In order; undefined where some label is no whole number. */
function distinct(instances: readonly Instance[]): readonly number[] | undefined {
  if (!known.has(instances)) known.set(instances, look(instances));
  return known.get(instances);
}

function look(instances: readonly Instance[]): readonly number[] | undefined {
  const seen = new Set<string>();
  for (const { label } of instances) {
    if (label !== undefined) seen.add(label);
    if (seen.size > MOST) return undefined;
  }
  const numbers = [...new Set([...seen].map((label) => (label.trim() === '' ? Number.NaN : Number(label))))];
  return numbers.every(Number.isInteger) ? numbers.sort((a, b) => a - b) : undefined;
}

function info(code: string, sentence: string): Finding {
  return { code, severity: 'info', sentence };
}
