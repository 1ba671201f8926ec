import type { Dataset, Instance } from '../../data/dataset.ts';
import type { Finding } from '../../finding.ts';
import { formatNumber } from '../../format.ts';
import { fitStatistics } from '../../preprocess/statistics.ts';
import type { PreprocessStep, Statistics } from '../../preprocess/step.ts';

/** Instances and numbers that are looked at. */
const LOOKED_AT = 100;
const MOST_NUMBERS = 2_000_000;

/** Who says how the array is standardised. */
type Sayer = 'model' | 'attribution.json';

/**
 * An array in the model's own shape may be standardised already, or be raw as the file was that the model learnt from.
 * Its numbers tell: they lie nearer to mean 0 and deviation 1, or to the statistics that it would be standardised by.
 * @returns what is said where it is raw; undefined where it is prepared, or nobody says statistics
 */
export function rawArray(
  dataset: Dataset,
  steps: readonly PreprocessStep[],
  sayer: Sayer,
): Finding | undefined {
  const key = JSON.stringify([steps, sayer]);
  const before = known.get(dataset);
  if (before?.key === key) return before.finding;
  const finding = rawWords(dataset, steps, sayer);
  known.set(dataset, { key, finding });
  return finding;
}

/** A file is asked for again with every instance that is looked at. */
const known = new WeakMap<Dataset, { readonly key: string; readonly finding: Finding | undefined }>();
const joined = new WeakMap<Dataset, Dataset>();

/** The same data set each time. */
export function withFinding(dataset: Dataset, finding: Finding): Dataset {
  const before = joined.get(dataset);
  if (before?.findings.at(-1) === finding) return before;
  const made = { ...dataset, findings: [...dataset.findings, finding] };
  joined.set(dataset, made);
  return made;
}

const SAYS: Readonly<Record<Sayer, string>> = {
  model: 'those the model was trained with',
  'attribution.json': 'those by which attribution.json standardises',
};

function rawWords(dataset: Dataset, steps: readonly PreprocessStep[], sayer: Sayer): Finding | undefined {
  const found = likeness(dataset, steps);
  if (!found?.isRaw) return undefined;
  const like =
    found.trained === undefined
      ? 'not those of series standardised one by one'
      : `like ${SAYS[sayer]} (${found.trained})`;
  const sentence = `The array is float32 in the model's own shape; its numbers (${found.words}) are ${like}, so they are raw and standardised here.`;
  return { code: 'raw-array', severity: 'info', sentence };
}

/** Whether numbers are like the statistics that a model standardises by, or like what comes out of it. */
interface Likeness {
  readonly isRaw: boolean;
  /** Of the feature that tells most: its name, mean and deviation; then what the model knows of it. */
  readonly words: string;
  /** undefined: each series by its own mean and deviation. */
  readonly trained?: string;
}

/** Undefined where no step standardises by given numbers, or of other features. */
export function likeness(dataset: Dataset, steps: readonly PreprocessStep[]): Likeness | undefined {
  const given = steps.find((step) => step.kind === 'standardize');
  if (given?.by === 'instance') return likenessToOwn(dataset);
  if (given?.by !== 'given' || given.mean.length !== dataset.features.length) return undefined;
  const found = fitStatistics({ features: dataset.features, instances: looked(dataset) });
  const at = farthest(given);
  return {
    isRaw: distance(found, given) < distance(found, standardised(dataset)),
    words: `${dataset.features[at]}: ${wordsOf(found, at)}`,
    trained: wordsOf(given, at),
  };
}

/** In how many deviations series that were standardised by themselves may differ from mean 0 and deviation 1 at most. */
const FAR_FROM_OWN = 0.5;

/** Series that were padded before have them over their padding, too. */
function likenessToOwn(dataset: Dataset): Likeness {
  const { features } = dataset;
  const ones = standardised(dataset);
  const far = looked(dataset).map((real) => {
    const [own, padded] = [real, { ...real, mask: undefined }].map((one) =>
      fitStatistics({ features, instances: [one] }),
    );
    return { own: own!, by: Math.min(distance(own!, ones), distance(padded!, ones)) };
  });
  const { own, by } = far.toSorted((a, b) => a.by - b.by)[far.length >> 1]!;
  const at = farthest(own);
  return { isRaw: by > FAR_FROM_OWN, words: `${features[at]}: ${wordsOf(own, at)} in one of them` };
}

function standardised({ features }: Dataset): Statistics {
  return { mean: features.map(() => 0), std: features.map(() => 1) };
}

/** The feature that is farthest from mean 0 and deviation 1. */
function farthest({ mean, std }: Statistics): number {
  const apart = mean.map((one, at) => Math.abs(one) + Math.abs(Math.log(std[at]! || 1)));
  return apart.indexOf(Math.max(...apart));
}

function wordsOf({ mean, std }: Statistics, at: number): string {
  return `mean ${formatNumber(mean[at]!)} and deviation ${formatNumber(std[at]!)}`;
}

/** Mean over features that move, in deviations. */
function distance(found: Statistics, from: Statistics): number {
  const apart = found.mean.flatMap((mean, at) => {
    const [std, own] = [from.std[at]!, found.std[at]!];
    return std > 0 && own > 0 ? [Math.abs(mean - from.mean[at]!) / std + Math.abs(Math.log(own / std))] : [];
  });
  return apart.reduce((a, b) => a + b, 0) / Math.max(1, apart.length);
}

function looked({ instances, features }: Dataset): Instance[] {
  const length = instances[0]?.length ?? 1;
  const most = Math.max(1, Math.min(LOOKED_AT, Math.floor(MOST_NUMBERS / (length * features.length))));
  const every = Math.ceil(instances.length / most);
  return instances.filter((_, at) => at % every === 0).map((one) => withoutEnds(one, features.length));
}

/** Steps at either end that repeat the last (or first) one in every feature are padding. */
function withoutEnds({ id, index, length, values, mask }: Instance, features: number): Instance {
  if (mask) return { id, index, length, values, mask };
  const isSame = (a: number, b: number) => {
    for (let f = 0; f < features; f++) {
      if (values[f * length + a] !== values[f * length + b]) return false;
    }
    return true;
  };
  let [from, to] = [0, length - 1];
  while (to > 0 && isSame(to - 1, length - 1)) to--;
  while (from < to && isSame(from + 1, 0)) from++;
  const real = new Uint8Array(length).fill(1);
  if (to < length - 1) real.fill(0, to);
  if (from > 0) real.fill(0, 0, from + 1);
  return { id, index, length, values, mask: real.includes(1) ? real : undefined };
}
