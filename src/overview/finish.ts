import type { Zone } from '../attribution/explanation.ts';
import type { Estimate } from '../padding/audit.ts';
import { bootstrapMeans } from '../padding/estimate.ts';
import type { ReportProgress } from '../progress.ts';
import { createRandom } from '../random.ts';
import type { Collector } from './collect.ts';
import { GroupMaps } from './groupMaps.ts';
import { findOutliers } from './outliers.ts';
import { type Group, type Overview, type OverviewInstance, scales } from './overview.ts';
import { rankFeatures } from './ranking.ts';
import { record } from './record.ts';
import { median } from './robustZ.ts';

const zoneNames = ['REAL', 'MIXED', 'EMPTY'] as const satisfies readonly Zone[];

interface Finishing {
  readonly classes: readonly string[];
  readonly hasFeatures: boolean;
  readonly seed: number;
  readonly report?: ReportProgress;
  readonly signal?: AbortSignal;
}

type Found = Pick<
  Overview,
  | 'instances'
  | 'importance'
  | 'thumbnails'
  | 'labelled'
  | 'groups'
  | 'stepsPerColumn'
  | 'outliers'
  | 'untold'
  | 'warnings'
>;

interface Gathered {
  readonly by: Group['by'];
  readonly name: string;
  readonly maps: GroupMaps;
  readonly members: number[];
}

/** From the sums to means, rankings and outliers. Gives way between groups, so that it can be cancelled. */
export async function finish(collector: Collector, order: Finishing): Promise<Found> {
  const { instances, labelled, stepsPerColumn } = collector;
  const gathered = gather(collector, order.classes);
  const groups: Group[] = [];
  for (const [done, group] of gathered.entries()) {
    order.report?.(done / gathered.length, 'Ranking features');
    await new Promise((resolve) => setImmediate(resolve));
    order.signal?.throwIfAborted();
    groups.push(finishGroup(group, collector, order));
  }
  const { outliers, untold } = findOutliers(instances, order.classes, collector.small);
  const warnings = [...collector.warnings.values()];
  return {
    ...{ instances, labelled, stepsPerColumn, groups, outliers, untold },
    thumbnails: collector.thumbnails,
    importance: order.hasFeatures ? collector.importance : new Float32Array(0),
    warnings: warnings.sort((a, b) => b.n - a.n),
  };
}

/** All, then labels (the model's classes first, in their order), then predicted classes. */
function gather(collector: Collector, classes: readonly string[]): Gathered[] {
  const { instances, byLabel, byPredicted, rows } = collector;
  const all = new GroupMaps(rows);
  for (const maps of byPredicted.values()) all.merge(maps);
  const withWhich = (is: (instance: OverviewInstance) => boolean) =>
    [...instances.keys()].filter((i) => is(instances[i]!));
  const labels = new Set([...classes, ...[...byLabel.keys()].sort()]);
  const labelled = [...labels].flatMap((name): Gathered[] => {
    const maps = byLabel.get(name);
    return maps ? [{ by: 'label', name, maps, members: withWhich(({ label }) => label === name) }] : [];
  });
  const answered = classes.flatMap((name, index): Gathered[] => {
    const maps = byPredicted.get(index);
    const members = () => withWhich(({ predicted }) => predicted === index);
    return maps ? [{ by: 'predicted', name, maps, members: members() }] : [];
  });
  const members = [...instances.keys()];
  return [{ by: 'all', name: 'all instances', maps: all, members }, ...labelled, ...answered];
}

function finishGroup(
  { by, name, maps, members }: Gathered,
  { instances, importance, rows }: Collector,
  { hasFeatures, seed }: Finishing,
): Group {
  const lengths = members.map((i) => instances[i]!.length).sort((a, b) => a - b);
  const rank = (scale: (typeof scales)[number]) =>
    rankFeatures(importance, rows, members, scale, createRandom(seed));
  return {
    ...{ by, name },
    members: Int32Array.from(members),
    zeroMaps: members.filter((i) => instances[i]!.level === 0).length,
    lengths: [lengths[0]!, median(lengths), lengths.at(-1)!],
    zones: zonesOf(
      members.map((i) => instances[i]!),
      seed,
    ),
    maps: maps.read(),
    ranking: hasFeatures ? record(scales, rank) : null,
  };
}

function zonesOf(members: readonly OverviewInstance[], seed: number): Record<Zone, Estimate> | null {
  const told = members.flatMap(({ zones }) => (zones ? [zones] : []));
  if (told.length === 0) return null;
  const shares = zoneNames.map((zone) => told.map((zones) => zones[zone]));
  const estimates = bootstrapMeans(shares, createRandom(seed));
  return record(zoneNames, (zone) => estimates[zoneNames.indexOf(zone)]!);
}
