import { agree, count, formatNumber } from '../../format.ts';
import type { PreprocessStep, ReadyStep, Statistics } from '../../preprocess/step.ts';

/** Of a deviation: numbers that somebody rounded are the same. */
const SAME = 1e-3;

/** The steps of a model and of an attribution.json as one list. */
interface JoinedSteps {
  readonly steps: readonly PreprocessStep[];
  /** In words, `[what attribution.json says, what the model was trained with]`. */
  readonly conflicts: readonly (readonly [string, string])[];
  /** Whether the model has said a step that attribution.json has not. */
  readonly added: boolean;
}

type Standardise = Extract<ReadyStep, { kind: 'standardize' }>;
type Fitting = Extract<ReadyStep, { kind: 'pad' | 'resample' }>;

/**
 * The model's own steps go before those of an attribution.json: they are what it was trained with.
 * @param said of attribution.json, as written; `ready` the same with the statistics of training files in place
 * @param features names in the model's order, where they are known
 */
export function joinedSteps(
  own: readonly ReadyStep[],
  said: readonly PreprocessStep[],
  ready: readonly ReadyStep[],
  features: readonly string[] | undefined,
): JoinedSteps {
  const steps = [...said];
  const conflicts: (readonly [string, string])[] = [];
  let added = false;
  for (const mine of own) {
    const isSlot = ({ kind }: PreprocessStep) =>
      mine.kind === 'standardize' ? kind === mine.kind : kind === 'pad' || kind === 'resample';
    if (mine.kind === 'truncate') continue;
    const at = ready.findLastIndex(isSlot);
    if (at < 0) {
      // Standardised first, so that the padding keeps its value.
      if (mine.kind === 'standardize') steps.unshift(mine);
      else steps.push(mine);
      added = true;
      continue;
    }
    const theirs = ready[at]!;
    const conflict =
      mine.kind === 'standardize'
        ? statisticsApart(theirs as Standardise, mine, features)
        : fittingApart(theirs as Fitting, mine);
    if (conflict === undefined) continue;
    conflicts.push(conflict);
    const place = steps.indexOf(said[at]!);
    steps[place] = mine;
  }
  return { steps, conflicts, added };
}

function statisticsApart(
  theirs: Standardise,
  mine: Standardise,
  features: readonly string[] | undefined,
): readonly [string, string] | undefined {
  if (mine.by === 'instance') {
    return theirs.by === 'instance'
      ? undefined
      : ['standardises by given numbers', 'each series standardised by itself'];
  }
  const words = (mean: number, std: number) =>
    `mean ${formatNumber(mean)} and deviation ${formatNumber(std)}`;
  const nameOf = (at: number) => features?.[at] ?? `feature ${at}`;
  if (theirs.by === 'instance') {
    return ['standardises each series by itself', `${words(mine.mean[0]!, mine.std[0]!)} of ${nameOf(0)}`];
  }
  const other = inOrder(theirs, features);
  if (other === undefined || other.mean.length !== mine.mean.length) {
    return [
      `has statistics of ${theirs.features?.join(', ') ?? count(theirs.mean.length, 'feature')}`,
      `those of ${features?.join(', ') ?? count(mine.mean.length, 'feature')}`,
    ];
  }
  const isSame = (a: number, b: number, std: number) => a === b || Math.abs(a - b) <= SAME * std;
  const apart = mine.mean.flatMap((mean, at) => {
    const std = mine.std[at]!;
    const same = isSame(other.mean[at]!, mean, std) && isSame(other.std[at]!, std, std);
    return same ? [] : [at];
  });
  if (apart.length === 0) return undefined;
  const far = (at: number) =>
    Math.abs(other.mean[at]! - mine.mean[at]!) + Math.abs(other.std[at]! - mine.std[at]!);
  const [worst] = apart.toSorted((a, b) => far(b) / (mine.std[b]! || 1) - far(a) / (mine.std[a]! || 1));
  const at = worst!;
  return [
    `standardises ${nameOf(at)} by ${words(other.mean[at]!, other.std[at]!)}`,
    `${words(mine.mean[at]!, mine.std[at]!)} (${apart.length} of ${count(mine.mean.length, 'feature')} ${agree(apart.length, 'differs', 'differ')})`,
  ];
}

/** Statistics that carry names, by them; undefined where one is missing. */
function inOrder(
  { mean, std, features: names }: Statistics,
  features: readonly string[] | undefined,
): Statistics | undefined {
  if (!names || !features || names.length !== mean.length) return { mean, std };
  const at = features.map((name) => names.indexOf(name));
  if (at.includes(-1)) return undefined;
  return { mean: at.map((i) => mean[i]!), std: at.map((i) => std[i]!) };
}

function fittingApart(theirs: Fitting, mine: Fitting): readonly [string, string] | undefined {
  const isSame =
    theirs.kind === mine.kind &&
    (theirs.to === null || mine.to === null || theirs.to === mine.to) &&
    (theirs.kind !== 'pad' ||
      mine.kind !== 'pad' ||
      (theirs.value === mine.value && theirs.side === mine.side));
  return isSame
    ? undefined
    : [words(theirs, 'stretches series', 'pads series'), words(mine, 'series stretched', 'series padded')];
}

function words(step: Fitting, stretched: string, padded: string): string {
  const to = step.to === null ? '' : ` to ${step.to} steps`;
  if (step.kind === 'resample') return `${stretched}${to}`;
  const value = step.value === 'edge' ? 'their last value' : formatNumber(step.value);
  return `${padded}${to} at the ${step.side} with ${value}`;
}
