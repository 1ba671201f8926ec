import type { ExplainedTarget } from '../../attribution/explanation.ts';
import { Ranking } from '../../attribution/ranking.ts';
import { targetName } from '../../attribution/targetTitle.ts';
import { formatNumber } from '../../format.ts';
import { zoneAt, zoneMeaning } from '../../padding/zoneRuns.ts';
import type { Say } from '../../session/core/ports.ts';
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
export function hoverText(
  heat: Heat,
  { step, feature, isLast }: HoverPlace,
  stale: Staleness,
  say: Say,
): Markdown {
  const { explanation } = heat;
  const { map, target, layer, instance } = explanation;
  const zone = zoneAt(explanation.zones, step);
  const what = map.rows > 1 ? say('mean attribution') : say('attribution');
  const value = heat.steps[step]!;
  const rank = new Ranking(heat.steps).rank(value);
  const sections = [
    joined(
      [
        ours(`**${say('step {0}', step)}**${instance.of > 1 ? ' ' : ''}`),
        instance.of > 1 ? filled(say('of {0}'), instance.id) : ours(''),
        ours(zone ? ` · **${zone}** ${say(zoneMeaning[zone])}` : ''),
      ],
      '',
    ),
    joined(
      [
        ours(`${what} **${formatNumber(value)}** `),
        targetWords(target, say),
        ours(rank ? ` · ${say('rank {0} of {1} steps', rank, heat.steps.length)}` : ''),
      ],
      '',
    ),
    map.rows > 1
      ? featureTable(heat, step, feature, say)
      : filled(say('The map of {0} is over time only: it tells steps apart, not features.'), layer.name),
  ];
  const padding = isLast ? paddingText(explanation, say) : null;
  if (padding) sections.push(ours(padding));
  if (stale) sections.push(ours(`*${staleNote(stale, say)}*`));
  return joined(sections, '\n\n');
}

function staleNote(stale: 'edited' | 'refused', say: Say): string {
  return stale === 'edited'
    ? say('The text was edited since: these are the numbers from before, until the next run is through.')
    : say('The last run was refused: these are the numbers from before it.');
}

function targetWords(target: ExplainedTarget, say: Say): Markdown {
  return filled(target.negative ? say('against {0}') : say('for {0}'), targetName(target));
}

/** On the line that holds a whole instance. */
export function singleLineText({ explanation }: Heat, say: Say): Markdown {
  const { instance, target } = explanation;
  const text = say(
    'This line holds all steps of instance {0}: the panel shows their attribution {1}. Lines carry heat where a line is one step.',
  );
  return filled(text, instance.id, targetWords(target, say));
}

function featureTable(heat: Heat, step: number, pointed: number | null, say: Say): Markdown {
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
      rank ? say('{0} of {1}', rank, ranking.of) : '–',
    ];
    const name = markdown`${features[feature]!}`;
    return tableRow(feature === pointed ? markdown`**${name}**` : name, numbers);
  };
  const rows = [
    tableRow(ours(say('feature')), [
      raw ? say('value') : say('model input'),
      say('attribution'),
      say('rank'),
    ]),
    ours('|:--|--:|--:|--:|'),
    ...shown.map(row),
  ];
  return joined(rows, '\n');
}

/** Columns of numbers keep their distance: the hover's style sheet gives them none. */
function tableRow(name: Markdown, numbers: readonly string[]): Markdown {
  return markdown`| ${joined([name, ...numbers.map((number) => ours(`&emsp;${number}`))], ' | ')} |`;
}

/** A text of ours with names in its places. */
function filled(text: string, ...names: readonly (string | Markdown)[]): Markdown {
  const parts = text.split(/\{(\d)\}/);
  return joined(
    parts.map((part, i) => (i % 2 === 0 ? ours(part) : markdown`${names[Number(part)] ?? ''}`)),
    '',
  );
}

/** Words and numbers of our own. */
function ours(text: string): Markdown {
  return new Markdown(text);
}
