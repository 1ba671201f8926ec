import { timeName } from '../../data/csv/nameWords.ts';
import type { Dataset } from '../../data/dataset.ts';
import type { Finding } from '../../finding.ts';
import { listed } from '../../format.ts';

/** Said where a network learns from a column named like the time, which nobody has named as a feature. */
export function timeAsFeature(
  { features, time }: Pick<Dataset, 'features' | 'time'>,
  named: readonly string[] | undefined,
): Finding[] {
  if (time !== undefined || named !== undefined) return [];
  const like = features.filter((name) => timeName(name) !== null);
  if (like.length === 0) return [];
  const sentence = `The network learns from ${listed(like, 12)} as from any other feature, though the name is like a time's: where it only counts the steps, set "time" under "data" in attribution.json to it.`;
  return [{ code: 'time-as-feature', severity: 'warning', sentence }];
}
