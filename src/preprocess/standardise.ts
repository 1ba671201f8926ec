import type { Finding } from '../finding.ts';
import { count, listed } from '../format.ts';
import { Refusal } from '../refusal.ts';
import type { Series } from './series.ts';
import { statisticsDoubt } from './statisticsDoubt.ts';
import type { Statistics } from './step.ts';

/**
 * (raw − mean[f]) / std[f] in float64 on every column. Where std is 0 the feature is only centred, with a finding.
 * @param names the series' features in order; statistics that carry names are matched by them
 * @param own those of the series itself, to be held against them
 * @throws Refusal `statistics-count`, `missing-features`
 */
export function standardise(
  series: Series,
  statistics: Statistics,
  names: readonly string[],
  findings: Finding[],
  own?: Statistics,
): Series {
  const { mean, std } = inOrder(statistics, names);
  if (own) findings.push(...statisticsDoubt(own, { mean, std }, names));
  const values = new Float64Array(series.values.length);
  for (let feature = 0; feature < series.features; feature++) {
    const center = mean[feature]!;
    const scale = std[feature]! || 1;
    for (let at = feature * series.steps; at < (feature + 1) * series.steps; at++) {
      values[at] = (series.values[at]! - center) / scale;
    }
  }
  const flat = names.filter((_, feature) => std[feature] === 0);
  if (flat.length > 0) {
    findings.push({
      code: 'constant-feature',
      severity: 'warning',
      sentence: `The standard deviation of ${listed(flat)} is 0: only the mean is taken off there.`,
    });
  }
  return { ...series, values };
}

function inOrder({ mean, std, features }: Statistics, names: readonly string[]): Statistics {
  if (!features) {
    if (mean.length !== names.length || std.length !== names.length) {
      throw new Refusal(
        'statistics-count',
        `"standardize" has ${count(mean.length, 'mean')} and ${count(std.length, 'deviation')} for ${count(names.length, 'feature')}; give one of each per feature, in the model's order.`,
      );
    }
    return { mean, std };
  }
  const missing = names.filter((name) => !features.includes(name));
  if (missing.length > 0) {
    throw new Refusal(
      'missing-features',
      `The training file that "standardize" takes its numbers from lacks the features ${listed(missing, 12)}; it has ${listed(features, 12)}.`,
    );
  }
  const order = names.map((name) => features.indexOf(name));
  return { mean: order.map((index) => mean[index]!), std: order.map((index) => std[index]!) };
}
