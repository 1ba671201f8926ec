import { count, formatNumber, formatShare } from '../../format.ts';
import {
  type Alignment,
  FEW,
  type Group,
  type Grouping,
  type MeanMap,
  type Overview,
  type RankedFeature,
  type Scale,
} from '../../overview/overview.ts';
import {
  alignmentWords,
  columnName,
  groupName,
  importanceText,
  rankRange,
  whatIsExplained,
} from '../../overview/words.ts';

import { terminalLines } from '../../surfaces/terminal.ts';

const MOST_FEATURES = 5;
const MOST_OUTLIERS = 20;
const BARS = '▁▂▃▄▅▆▇█';
const WIDTH = 40;

/** The overview for a person at a terminal; everything else is in the other formats. */
export function datasetText(overview: Overview, by: Grouping, alignment: Alignment, scale: Scale): string {
  const { instances, outliers, untold, warnings, groups } = overview;
  const shown = groups.filter((group) => group.by === 'all' || group.by === by);
  const lines = [
    `${count(instances.length, 'instance')}: ${whatIsExplained(overview)}${accuracy(overview)}`,
    scale === 'normalised'
      ? 'Every instance counts the same: maps are divided by their mean |map| over real steps.'
      : 'Maps as they are: instances with high maps count more.',
    `Time: ${alignmentWords[alignment]}; columns with fewer than ${FEW} instances are left blank.`,
    '',
    ...shown.flatMap((group) => [...groupLines(group, overview, alignment, scale), '']),
    `${outliers.length} of ${count(instances.length, 'instance')} ${outliers.length === 1 ? 'stands' : 'stand'} out${outliers.length > MOST_OUTLIERS ? `; the first ${MOST_OUTLIERS}` : ''}`,
    ...outliers
      .slice(0, MOST_OUTLIERS)
      .map(
        ({ instance, reasons }) =>
          `  ${instances[instance]!.id}: ${reasons.map(({ sentence }) => sentence).join(' ')}`,
      ),
    ...untold.map((sentence) => `  ${sentence}`),
    ...warnings.map(({ sentence, n }) => `warning: ${sentence}${n > 1 ? ` (${n} instances like this)` : ''}`),
  ];
  return terminalLines(lines);
}

function groupLines(group: Group, overview: Overview, alignment: Alignment, scale: Scale): string[] {
  const [shortest, middle, longest] = group.lengths;
  const length = shortest === longest ? `${longest}` : `${shortest} to ${longest} (median ${middle})`;
  const map = group.maps[alignment][scale];
  const name = groupName(group);
  return [
    `${name.charAt(0).toUpperCase()}${name.slice(1)}: ${count(group.members.length, 'instance')} of ${length} real ${length === '1' ? 'step' : 'steps'}${padding(group)}`,
    ...(group.zeroMaps
      ? [`  ${count(group.zeroMaps, 'map')} zero on all real steps, left out of what is normalised`]
      : []),
    `  time      ${bars(map)}  ${peak(map, alignment, overview.stepsPerColumn)}`,
    ...rankingLines(group, overview, scale),
  ];
}

function padding({ zones }: Group): string {
  if (!zones) return '';
  const share = zones.MIXED.value + zones.EMPTY.value;
  return share === 0 ? ', no map on padding' : `, ${formatShare(share)} of the map on padding`;
}

function rankingLines({ ranking }: Group, { features }: Overview, scale: Scale): string[] {
  if (!ranking || !features)
    return ['  features  this layer has a time map only, so features cannot be ranked'];
  const { features: ranked, stability, n } = ranking[scale];
  if (n === 0) return [];
  const value = (each: number) => importanceText(each, scale);
  const line = ({ feature, value: mean, interval, ranks }: RankedFeature) =>
    `            ${features[feature]} ${value(mean)}${interval ? ` [${value(interval[0])}, ${value(interval[1])}], rank ${rankRange(ranks!)}` : ''}`;
  const lines = ranked.slice(0, MOST_FEATURES).map(line);
  lines[0] = lines[0]!.replace('            ', '  features  ');
  const agreement =
    stability === null
      ? `            fewer than ${FEW} maps: no interval can be given`
      : `            ranks of redrawn instances agree ${stability.toFixed(2)} (mean Spearman correlation)`;
  return [...lines, agreement];
}

/** The profile over time in blocks, from 0 to its highest; a blank where few instances reach. */
function bars({ profile, n, columns }: MeanMap): string {
  const width = Math.min(WIDTH, columns);
  const blocks = Array.from({ length: width }, (_, block) => {
    const [from, to] = [block, block + 1].map((at) => Math.floor((at * columns) / width)) as [number, number];
    const told = [...profile.subarray(from, to)].filter((_, i) => n[from + i]! >= FEW);
    return told.length ? told.reduce((sum, value) => sum + Math.abs(value), 0) / told.length : Number.NaN;
  });
  const highest = Math.max(0, ...blocks.filter(Number.isFinite));
  return blocks
    .map((block) => (Number.isNaN(block) ? ' ' : BARS[highest > 0 ? Math.round((7 * block) / highest) : 0]))
    .join('');
}

function peak(
  { profile, profileError, n, columns }: MeanMap,
  alignment: Alignment,
  stepsPerColumn: number,
): string {
  let best = -1;
  for (let column = 0; column < columns; column++) {
    if (n[column]! >= FEW && (best < 0 || Math.abs(profile[column]!) > Math.abs(profile[best]!)))
      best = column;
  }
  if (best < 0) return `nowhere ${FEW} instances or more`;
  const at = columnName({ alignment, columns, stepsPerColumn }, best);
  return `highest ${formatNumber(profile[best]!)} ± ${formatNumber(profileError[best]!)} at ${at} (${n[best]} instances)`;
}

function accuracy({ instances }: Overview): string {
  const known = instances.filter(({ correct }) => correct !== null);
  const right = known.filter(({ correct }) => correct === true).length;
  return known.length ? `; ${right} of ${known.length} answers are right` : '';
}
