import { labelIndex } from '../../data/labelIndex.ts';
import type { Finding } from '../../finding.ts';
import { listed } from '../../format.ts';
import type { ClassNames } from '../classNames.ts';

/** How labels and predictions go together under the class names, and under the names that fit the labels best. */
export interface LabelOrder {
  /** Labelled instances that were run. */
  readonly checked: number;
  /** Labelled instances of the file; absent where they were not counted. */
  readonly labelled?: number;
  /** Share of those labelled with a class of the model whose label is the predicted class; absent where there are none. */
  readonly agree?: number;
  /** Where classes have names: labels that are none of them, and how many instances of those that were run have one. */
  readonly strange?: { readonly labels: readonly string[]; readonly instances: number };
  /** Absent where no other order is clearly better. */
  readonly better?: { readonly classes: readonly string[]; readonly agree: number };
}

/** Fewer say nothing about an order. */
const FEWEST = 8;
const FEWEST_OF_LABEL = 2;
/** What another order must reach, and gain. */
const NEARLY_ALL = 0.8;
const GAIN = 0.3;

/** @param predicted class index of each labelled instance */
export function labelOrder(
  labels: readonly string[],
  predicted: readonly number[],
  { names, given }: Pick<ClassNames, 'names' | 'given'>,
): LabelOrder {
  const checked = labels.length;
  const indices = labels.map((label) => labelIndex(label, names));
  const known = given || indices.some((index) => index >= 0);
  const right = indices.filter((index, i) => index === predicted[i]).length;
  const strange = known ? labels.filter((_, i) => indices[i]! < 0) : [];
  const classed = known ? checked - strange.length : 0;
  const said: LabelOrder = {
    checked,
    ...(classed > 0 && { agree: right / classed }),
    ...(strange.length > 0 && { strange: { labels: [...new Set(strange)], instances: strange.length } }),
  };
  const counts = new Map<string, number[]>();
  for (const [i, label] of labels.entries()) {
    const row = counts.get(label) ?? names.map(() => 0);
    row[predicted[i]!]!++;
    counts.set(label, row);
  }
  if (checked < FEWEST || counts.size < 2 || counts.size > names.length) return said;
  const best = [...counts].map(([label, row]) => ({ label, at: row.indexOf(Math.max(...row)), row }));
  const few = best.some(({ row }) => row.reduce((sum, n) => sum + n, 0) < FEWEST_OF_LABEL);
  if (few || new Set(best.map(({ at }) => at)).size < best.length) return said;
  const fits = best.reduce((sum, { at, row }) => sum + row[at]!, 0) / checked;
  if (fits < NEARLY_ALL || fits - (known ? right / checked : 0) < GAIN) return said;
  const named = new Map(best.map(({ label, at }) => [at, label]));
  const taken = new Set(named.values());
  const classes = names.map((name, at) => named.get(at) ?? (taken.has(name) ? `class ${at}` : name));
  return new Set(classes).size < classes.length ? said : { ...said, better: { classes, agree: fits } };
}

/** Said beside a prediction that differs from its label. */
export function orderFindings({ checked, agree, strange, better }: LabelOrder): Finding[] {
  if (!better) return [];
  const now =
    agree === undefined
      ? strange
        ? `The labels (${listed(strange.labels, 4)}) are none of the model's classes`
        : 'The classes have no names'
      : `${percent(agree)} of ${checked - (strange?.instances ?? 0)} labels agree with the predictions under the class names as they are`;
  const sentence = `${now}; in the order ${better.classes.join(', ')} ${percent(better.agree)} would: set "classes" in attribution.json to that order if the model was trained so.`;
  return [{ code: 'class-order-doubt', severity: 'warning', sentence }];
}

function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}
