import type { Finding } from '../../finding.ts';
import { listed } from '../../format.ts';
import { mostClassesByLook } from '../csv/classNumbers.ts';
import type { DataOptions } from '../dataOptions.ts';
import type { Dataset, Instance } from '../dataset.ts';
import { ReadingQuestion } from '../reading/readingQuestion.ts';

/** Fewer series do not show that a number belongs to each. */
const FEWEST = 3;
const REASON = 'one number through each file';

/**
 * Features that are one number through each file and another one in others (an age, a fold, a code of the class): no
 * signals. As within one table they are looked for where no model says how many features there are.
 * @param hasLabels where nothing else is the class, few whole numbers may be
 * @returns names, to be left aside
 * @throws ReadingQuestion `odd-feature`
 */
export function staticFeatures(
  folder: string,
  read: readonly Dataset[],
  { input, features, label }: DataOptions,
  hasLabels: boolean,
): readonly string[] {
  const [first] = read;
  const isTable = first?.columns !== undefined && (first.layout === 'single' || first.layout === 'long');
  const instances = read.flatMap((dataset) => dataset.instances.map((one) => ({ one, dataset })));
  if (!isTable || input !== undefined || features !== undefined || instances.length < FEWEST) return [];
  let left = first.features;
  const numbers = new Map(left.map((name) => [name, new Set<number>()]));
  for (const { one, dataset } of instances) {
    const { values } = one;
    left = left.filter((name) => {
      const only = onlyNumber(one, values, dataset.features.indexOf(name));
      if (only !== undefined) numbers.get(name)!.add(only);
      return only !== undefined;
    });
    if (left.length === 0) return [];
  }
  const odd = left.filter((name) => numbers.get(name)!.size > 1);
  if (odd.length === first.features.length) return [];
  const classes = odd.filter((name) => areClasses([...numbers.get(name)!], instances.length));
  if (!hasLabels && label === undefined && classes.length > 0) {
    const rest = first.features.filter((name) => !odd.includes(name));
    throw classQuestion(folder, classes, rest, first.features);
  }
  return odd;
}

/** The number that a feature is at every real step; undefined where it changes, or lacks. */
function onlyNumber({ length, mask }: Instance, values: Float64Array, feature: number): number | undefined {
  if (feature < 0) return undefined;
  const own = values.subarray(feature * length, (feature + 1) * length).filter((_, at) => mask?.[at] !== 0);
  return own.length > 0 && own.every((value) => value === own[0]) ? own[0] : undefined;
}

function areClasses(numbers: readonly number[], instances: number): boolean {
  return (
    numbers.every(Number.isInteger) && numbers.length <= mostClassesByLook && numbers.length * 2 <= instances
  );
}

function classQuestion(
  folder: string,
  classes: readonly string[],
  rest: readonly string[],
  all: readonly string[],
): ReadingQuestion {
  const [is, none, one] =
    classes.length === 1
      ? ['is', 'is neither label nor feature', 'is a feature']
      : ['are', 'are neither label nor feature', 'are features'];
  const [first, ...others] = classes
    .slice(0, FEWEST)
    .map((name) => ({ label: `${name} is the label`, patch: { data: { label: name } } }));
  return new ReadingQuestion({
    id: 'odd-feature',
    sentence: `${folder}: ${listed(classes)} ${is} one whole number through each file, as a class is`,
    ways: [
      first!,
      { label: `${listed(classes)} ${none}`, patch: { data: { features: rest } } },
      { label: `${listed(classes)} ${one}`, patch: { data: { features: all } } },
      ...others,
    ],
  });
}

/** The data set without features that are left aside, in names, places and plan; its instances are cut elsewhere. */
export function withoutFeatures(pattern: Dataset, odd: readonly string[]): Dataset {
  if (odd.length === 0) return pattern;
  const { cells, plan } = pattern;
  const stays = (_: unknown, at: number): boolean => !odd.includes(pattern.features[at]!);
  const features = pattern.features.filter(stays);
  return {
    ...pattern,
    features,
    ...(cells && { cells: { ...cells, columns: cells.columns.filter(stays) } }),
    ...(plan && {
      plan: {
        ...plan,
        features,
        parts: plan.parts.map((part) =>
          part.role === 'feature' && odd.includes(part.name)
            ? { ...part, role: 'aside' as const, reason: REASON }
            : part,
        ),
      },
    }),
  };
}

/** What is said of features left aside, in place of that they never change. */
export function sayStatic(folder: string, odd: readonly string[], findings: readonly Finding[]): Finding[] {
  if (odd.length === 0) return [...findings];
  const [feature, is] = odd.length === 1 ? ['feature', 'is'] : ['features', 'are'];
  const said = `: ${feature} ${listed(odd)} ${is} constant through the whole file.`;
  const others = findings.filter(({ sentence }) => !sentence.endsWith(said));
  const [which, it] = odd.length === 1 ? ['column', 'it is one'] : ['columns', 'they are'];
  return [
    ...others,
    {
      code: 'columns-ignored',
      severity: 'info',
      sentence: `${folder}: ${which} ${listed(odd)} left aside (${REASON}, another in others); list all features under "features" if ${it}.`,
    },
  ];
}
