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
  const all = [...counts].map(([label, row]) => ({ label, at: row.indexOf(Math.max(...row)), row }));
  const count = (row: readonly number[]) => row.reduce((sum, n) => sum + n, 0);
  const best = all.filter(({ row }) => count(row) >= FEWEST_OF_LABEL);
  const voted = new Set(best.map(({ at }) => at));
  if (best.length < 2 || voted.size < best.length) return said;
  const rare = placed(
    all.filter((one) => !best.includes(one)).map(({ label }) => label),
    names,
    voted,
  );
  if (!rare) return said;
  const fits = best.reduce((sum, { at, row }) => sum + row[at]!, 0) / checked;
  if (fits < NEARLY_ALL || fits - (known ? right / checked : 0) < GAIN) return said;
  const named = new Map([...rare, ...best.map(({ label, at }) => [at, label] as const)]);
  const taken = new Set(named.values());
  const classes = names.map((name, at) => named.get(at) ?? (taken.has(name) ? `class ${at}` : name));
  return new Set(classes).size < classes.length ? said : { ...said, better: { classes, agree: fits } };
}

/** Where labels of too few instances to tell go: to their own class where it is left, else to the only one that is. */
function placed(
  rare: readonly string[],
  names: readonly string[],
  voted: ReadonlySet<number>,
): (readonly [number, string])[] | undefined {
  const free = new Set(names.flatMap((_, at) => (voted.has(at) ? [] : [at])));
  const left: string[] = [];
  const found: (readonly [number, string])[] = [];
  for (const label of rare) {
    const own = labelIndex(label, names);
    if (free.delete(own)) found.push([own, label]);
    else left.push(label);
  }
  if (left.length === 0) return found;
  return left.length === 1 && free.size === 1 ? [...found, [[...free][0]!, left[0]!]] : undefined;
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
