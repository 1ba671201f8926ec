import type { Explanation, Zone } from '../../src/attribution/explanation.ts';
import type { Ranking } from '../../src/attribution/ranking.ts';
import type { TimeScale } from '../../src/attribution/timeScale.ts';
import { zoneAt } from '../../src/padding/zoneRuns.ts';

/** A place on the plots: an input step, and a feature where one is meant. */
export interface Cell {
  readonly step: number;
  /** Index of the feature; null on a time map or a profile, which hold for every feature. */
  readonly feature: number | null;
}

/** Everything the read-out says about a place. */
export interface CellFacts {
  readonly feature: string | null;
  readonly step: number;
  /** When it was, with its unit; null where the file does not say. */
  readonly time: string | null;
  /** In the file's units; null when the file has no such value (padding, prepared data) or no feature is meant. */
  readonly raw: number | null;
  /** What the model was given; null when no feature is meant. */
  readonly input: number | null;
  readonly attribution: number;
  /** The attribution is the mean over features, not a cell's. */
  readonly isMean: boolean;
  readonly rank: { readonly rank: number; readonly of: number } | null;
  readonly zone: Zone | null;
  /** False on padding. */
  readonly real: boolean;
  /** 1-based line of the file, null where there is none. */
  readonly line: number | null;
}

/**
 * What is known of one cell.
 * @param means [T] of the map over its rows
 */
export function cellFacts(
  explanation: Explanation,
  means: Float32Array,
  ranking: Ranking,
  { step, feature }: Cell,
  time: TimeScale | null = null,
): CellFacts {
  const { map, signals, instance, padding } = explanation;
  const perFeature = map.rows > 1;
  const isMean = perFeature && feature === null;
  const attribution = isMean ? means[step]! : map.values[(perFeature ? feature! : 0) * map.columns + step]!;
  const rank = isMean ? null : ranking.rank(attribution);
  const at = feature === null ? -1 : feature * map.columns + step;
  const raw = at < 0 ? undefined : signals.raw?.[at];
  return {
    feature: feature === null ? null : featureName(explanation, feature),
    step,
    time: time?.at(step) ?? null,
    raw: raw === undefined || Number.isNaN(raw) ? null : raw,
    input: at < 0 ? null : (signals.input[at] ?? null),
    attribution,
    isMean,
    rank: rank === null ? null : { rank, of: ranking.of },
    zone: zoneAt(explanation.zones, step),
    real: padding.mask[step] === 1,
    line: instance.lines[step] || null,
  };
}

/** Its number where the file names none. */
export function featureName(explanation: Explanation, feature: number): string {
  return explanation.signals.features[feature] ?? `feature ${feature}`;
}
