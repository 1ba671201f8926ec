import type { Dataset } from '../data/dataset.ts';
import type { Finding } from '../finding.ts';
import { count, listed } from '../format.ts';
import { Refusal } from '../refusal.ts';

/** Position in the file of each feature the model takes, in the model's order. */
export interface FeatureOrder {
  readonly from: readonly number[];
  readonly names: readonly string[];
  readonly findings: readonly Finding[];
}

/**
 * Matches the file's features to the model's: by name where the model's names are known, else one to one.
 * @param wanted the model's feature names in its order (`data.features` of attribution.json)
 * @param wayOut what else can be done where they are not as many, as half a sentence
 * @throws Refusal `missing-features`, `feature-count`
 */
export function matchFeatures(
  { features: names }: Pick<Dataset, 'features'>,
  modelFeatures: number,
  wanted: readonly string[] | undefined,
  wayOut = '',
): FeatureOrder {
  if (wanted && wanted.length !== modelFeatures) {
    throw new Refusal(
      'feature-count',
      `The model takes ${count(modelFeatures, 'feature')}, but attribution.json lists ${wanted.length} under "features".`,
    );
  }
  if (!wanted) {
    if (names.length !== modelFeatures) {
      throw new Refusal(
        'feature-count',
        `The model takes ${count(modelFeatures, 'feature')}, the data has ${names.length} (${listed(names, 12)}); list the model's features under "data" in attribution.json${wayOut}.`,
      );
    }
    return { from: names.map((_, feature) => feature), names, findings: [] };
  }
  const missing = wanted.filter((name) => !names.includes(name));
  const extra = names.filter((name) => !wanted.includes(name));
  if (missing.length > 0) {
    const others = extra.length > 0 ? `; it has besides: ${listed(extra, 12)}` : '';
    throw new Refusal('missing-features', `The data lacks the features ${listed(missing, 12)}${others}.`);
  }
  return {
    from: wanted.map((name) => names.indexOf(name)),
    names: wanted,
    findings: describe(names, wanted, extra),
  };
}

/** The same names, of which at least one stands elsewhere. */
export function areReordered(names: readonly string[], wanted: readonly string[]): boolean {
  const isSame = names.length === wanted.length && wanted.every((name) => names.includes(name));
  return isSame && names.some((name, at) => name !== wanted[at]);
}

function describe(names: readonly string[], wanted: readonly string[], extra: readonly string[]): Finding[] {
  const findings: Finding[] = [];
  if (extra.length > 0) {
    const sentence = `The model does not take ${listed(extra, 12)}; left aside.`;
    findings.push({ code: 'features-ignored', severity: 'info', sentence });
  }
  if (
    areReordered(
      names.filter((name) => wanted.includes(name)),
      wanted,
    )
  ) {
    const sentence =
      "The features stand in another order in the data; they are brought into the model's order by name.";
    findings.push({ code: 'features-reordered', severity: 'info', sentence });
  }
  return findings;
}
