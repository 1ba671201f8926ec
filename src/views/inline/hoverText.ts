import { Ranking } from '../../attribution/ranking.ts';
import { targetTitle } from '../../attribution/targetTitle.ts';
import { formatNumber } from '../../format.ts';
import { zoneAt, zoneMeaning } from '../../padding/zoneRuns.ts';
import { joined, Markdown, markdown } from '../../surfaces/markdown.ts';
import type { Heat } from './heat.ts';
import { paddingText } from './paddingText.ts';

const mostFeatures = 5;

interface HoverPlace {
  readonly step: number;
  /** The feature whose cell is pointed at, if any. */
  readonly feature: number | null;
  /** Below this row stand no others of the instance. */
  readonly isLast: boolean;
}

/** Why the numbers may not fit the text any more. */
export type Staleness = 'edited' | 'refused' | null;

/** What is known about a row, as Markdown in which names from files are inert. */
export function hoverText(heat: Heat, { step, feature, isLast }: HoverPlace, stale: Staleness): Markdown {
  const { explanation } = heat;
  const { map, target, layer, instance } = explanation;
  const zone = zoneAt(explanation.zones, step);
  const what = map.rows > 1 ? 'mean attribution' : 'attribution';
  const value = heat.steps[step]!;
  const rank = new Ranking(heat.steps).rank(value);
  const sections = [
    markdown`**step ${step}**${instance.of > 1 ? markdown` of ${instance.id}` : ''}${zone ? markdown` · **${zone}** ${zoneMeaning[zone]}` : ''}`,
    markdown`${what} **${ours(formatNumber(value))}** ${targetTitle(target)}${rank ? markdown` · rank ${rank} of ${heat.steps.length} steps` : ''}`,
    map.rows > 1
      ? featureTable(heat, step, feature)
      : markdown`The map of ${layer.name} is over time only: it tells steps apart, not features.`,
  ];
  const padding = isLast ? paddingText(explanation) : null;
  if (padding) sections.push(ours(padding));
  if (stale) sections.push(ours(`*${staleNote[stale]}*`));
  return joined(sections, '\n\n');
}

const staleNote = {
  edited: 'The text was edited since: these are the numbers from before, until the next run is through.',
  refused: 'The last run was refused: these are the numbers from before it.',
};

/** On the line that holds a whole instance. */
export function singleLineText({ explanation }: Heat): Markdown {
  const { instance, target } = explanation;
  return markdown`This line holds all steps of instance ${instance.id}: the panel shows their attribution ${targetTitle(target)}. Lines carry heat where a line is one step.`;
}

function featureTable(heat: Heat, step: number, pointed: number | null): Markdown {
  const { map, signals } = heat.explanation;
  const { raw, features } = signals;
  const ranking = new Ranking(map.values);
  const attribution = (feature: number) => map.values[feature * map.columns + step]!;
  const strongest = [...features.keys()]
    .sort((a, b) => Math.abs(attribution(b)) - Math.abs(attribution(a)) || a - b)
    .slice(0, mostFeatures);
  const shown = pointed === null || strongest.includes(pointed) ? strongest : [...strongest, pointed];
  const ranks = ranking.ranks(shown.map(attribution));
  const row = (feature: number, i: number) => {
    const at = feature * map.columns + step;
    const value = raw ? raw[at]! : signals.input[at]!;
    const rank = ranks[i];
    const numbers = [
      Number.isNaN(value) ? '–' : formatNumber(value),
      formatNumber(attribution(feature)),
      rank ? `${rank} of ${ranking.of}` : '–',
    ];
    const name = markdown`${features[feature]!}`;
    return tableRow(feature === pointed ? markdown`**${name}**` : name, numbers);
  };
  const rows = [
    tableRow(ours('feature'), [raw ? 'value' : 'model input', 'attribution', 'rank']),
    ours('|:--|--:|--:|--:|'),
    ...shown.map(row),
  ];
  return joined(rows, '\n');
}

/** Columns of numbers keep their distance: the hover's style sheet gives them none. */
function tableRow(name: Markdown, numbers: readonly string[]): Markdown {
  return markdown`| ${joined([name, ...numbers.map((number) => ours(`&emsp;${number}`))], ' | ')} |`;
}

/** Words and numbers of our own. */
function ours(text: string): Markdown {
  return new Markdown(text);
}
