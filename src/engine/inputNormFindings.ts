import type { Dataset } from '../data/dataset.ts';
import type { Finding } from '../finding.ts';
import { type InputNorm, inputNorm } from '../graph/inputNorm.ts';
import type { Prepared } from '../preprocess/prepared.ts';
import { Refusal } from '../refusal.ts';
import type { OpenModel } from './models.ts';

/** Instances that are looked at, spread over the file. */
const MOST = 12;
const ENOUGH = 5;
/** How far a mean may lie from the model's, in its deviations, and how many times a deviation may differ. */
const FAR = { few: { mean: 8, spread: 20 }, enough: { mean: 2.5, spread: 4 } };

const known = new WeakMap<Dataset, Map<string, readonly Finding[]>>();

/**
 * Where a model standardises its input itself, the numbers of that are those of the data it was trained on: said where
 * at least half of the features that it is given lie far from them, over real steps and over all steps.
 * @param names of the features, in the model's order
 * @param basis what preparing hangs on beside the file
 * @param prepare gives the instance at a position as the model takes it
 */
export function inputNormFindings(
  { classifier, key }: Pick<OpenModel, 'classifier' | 'key'>,
  dataset: Dataset,
  names: readonly string[],
  basis: string,
  prepare: (position: number) => Prepared,
): readonly Finding[] {
  const ofFile = known.get(dataset) ?? new Map<string, readonly Finding[]>();
  known.set(dataset, ofFile);
  const where = `${key} ${basis}`;
  let found = ofFile.get(where);
  if (!found) {
    const { input } = classifier;
    const norm = inputNorm(classifier.graph, input.name, input.features);
    found = norm ? doubt(norm, names, some(dataset.instances.length, prepare)) : [];
    ofFile.set(where, found);
  }
  return found;
}

function some(count: number, prepare: (position: number) => Prepared): Prepared[] {
  const every = Math.ceil(count / MOST);
  return Array.from({ length: count }, (_, at) => at)
    .filter((at) => at % every === 0)
    .flatMap((at) => {
      try {
        return [prepare(at)];
      } catch (error) {
        // One that cannot be prepared says so when it is looked at.
        if (error instanceof Refusal) return [];
        throw error;
      }
    });
}

function doubt(norm: InputNorm, names: readonly string[], given: readonly Prepared[]): Finding[] {
  if (given.length === 0) return [];
  const [real, all] = [statistics(given, norm.mean.length, true), statistics(given, norm.mean.length, false)];
  const far = FAR[given.length >= ENOUGH ? 'enough' : 'few'];
  const isFar = ({ mean, std }: Statistics, at: number) => {
    const times = std[at]! / norm.std[at]!;
    const away = Math.abs(mean[at]! - norm.mean[at]!) / norm.std[at]!;
    return away > far.mean || times > far.spread || times < 1 / far.spread;
  };
  const moving = norm.mean.map((_, at) => at).filter((at) => real.std[at]! > 0);
  // Fitted with padding counted as data, the model's numbers are those of all steps.
  const odd = moving.filter((at) => isFar(real, at) && isFar(all, at));
  const [first] = odd;
  if (first === undefined || odd.length * 2 < moving.length) return [];
  const standardised = ({ mean, std }: Pick<InputNorm, 'mean' | 'std'>) =>
    odd.every((at) => Math.abs(mean[at]!) < 2 && std[at]! > 0.2 && std[at]! < 4);
  const why = standardised(real)
    ? 'it was trained on raw values and standardises them itself, so take "standardize" out of "preprocess", or save raw values'
    : standardised(norm)
      ? 'it was trained on standardised values, so set "standardize" under "preprocess" in attribution.json'
      : 'check the units, and "standardize" under "preprocess" in attribution.json';
  const name = norm.mean.length === names.length ? names[first] : `feature ${first}`;
  const sentence = `The model standardises its input itself ("${norm.name}": ${name} by mean ${round(norm.mean[first]!)} and deviation ${round(norm.std[first]!)}), but is given mean ${round(real.mean[first]!)} and deviation ${round(real.std[first]!)} (${odd.length} of ${moving.length} features lie far off): ${why}.`;
  return [{ code: 'input-norm-doubt', severity: 'warning', sentence }];
}

interface Statistics {
  readonly mean: readonly number[];
  readonly std: readonly number[];
}

function statistics(given: readonly Prepared[], features: number, realOnly: boolean): Statistics {
  const rows = Array.from({ length: features }, () => ({ n: 0, sum: 0, squares: 0 }));
  for (const { x, mask } of given) {
    const steps = mask.length;
    for (const [at, value] of x.entries()) {
      if (Number.isNaN(value) || (realOnly && mask[at % steps] !== 1)) continue;
      const row = rows[Math.floor(at / steps)]!;
      row.n++;
      row.sum += value;
      row.squares += value * value;
    }
  }
  const mean = rows.map(({ n, sum }) => sum / Math.max(1, n));
  const std = rows.map(({ n, squares }, at) =>
    Math.sqrt(Math.max(0, squares / Math.max(1, n) - mean[at]! ** 2)),
  );
  return { mean, std };
}

function round(value: number): string {
  return String(Number(value.toPrecision(3)));
}
