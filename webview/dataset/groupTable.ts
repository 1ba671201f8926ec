import { formatShare } from '../../src/format.ts';
import type { Group, Overview, Scale } from '../../src/overview/overview.ts';
import { importanceText } from '../../src/overview/words.ts';
import { block } from '../audit/block.ts';
import { button, element } from '../element.ts';
import { LIST_THEM, type These } from '../pageView.ts';

const titles: Readonly<Record<Group['by'], string>> = { all: '', label: 'label', predicted: 'prediction' };

/** Every class in a row: how many, how long, how much on padding, which feature first. A click shows its map. */
export function groupTable(
  overview: Overview,
  scale: Scale,
  choose: (group: Pick<Group, 'by' | 'name'>) => void,
  list: (these: These) => void,
): HTMLElement {
  const { groups, features } = overview;
  const head = [
    ...['Class', 'By', 'Instances', 'Right', 'Real steps', 'Map on padding (MIXED + EMPTY)'],
    ...(features ? ['First feature'] : []),
  ];
  return block(
    'dataset-groups',
    'Classes side by side',
    'Lengths are shortest, median and longest; shares are means over instances with their 95 % intervals.',
    element(
      'table',
      { class: 'numbers', id: 'group-numbers' },
      element('thead', {}, element('tr', {}, ...head.map((name) => element('th', { scope: 'col' }, name)))),
      element(
        'tbody',
        {},
        ...groups.map((group) =>
          element(
            'tr',
            {},
            element(
              'td',
              {},
              button({ class: 'link' }, () => choose(group), group.name),
            ),
            ...[
              titles[group.by],
              members(overview, group, list),
              right(overview, group),
              lengths(group),
              padding(group),
              ...(features ? [firstFeature(overview, group, scale)] : []),
            ].map((cell) => element('td', {}, cell)),
          ),
        ),
      ),
    ),
  );
}

/** How many they are; a click lists them. */
function members({ instances }: Overview, group: Group, list: (these: These) => void): HTMLElement {
  const { by, name, members, zeroMaps } = group;
  const common = by === 'all' ? 'in this view' : by === 'label' ? `labelled ${name}` : `predicted ${name}`;
  const indices = new Set([...members].map((i) => instances[i]!.index));
  const words = `${members.length}${zeroMaps ? ` (${zeroMaps} zero)` : ''}`;
  return button({ class: 'link list-group', title: LIST_THEM }, () => list({ name: common, indices }), words);
}

function right({ instances }: Overview, { members }: Group): string {
  const known = [...members].map((i) => instances[i]!.correct).filter((correct) => correct !== null);
  return known.length ? `${known.filter(Boolean).length} of ${known.length}` : '–';
}

function lengths({ lengths: [shortest, middle, longest] }: Group): string {
  return shortest === longest ? `${longest}` : `${shortest} / ${middle} / ${longest}`;
}

function padding({ zones }: Group): string {
  if (!zones) return '–';
  const { MIXED, EMPTY, REAL } = zones;
  // The share on padding is what REAL leaves, so its interval is the other way round.
  const interval = [1 - REAL.interval[1], 1 - REAL.interval[0]].map(formatShare).join(' to ');
  return `${formatShare(MIXED.value + EMPTY.value)} [${interval}]: ${formatShare(MIXED.value)} + ${formatShare(EMPTY.value)}`;
}

function firstFeature({ features }: Overview, { ranking }: Group, scale: Scale): string {
  const { features: ranked, n } = ranking![scale];
  const best = ranked[0];
  return n && best ? `${features![best.feature]} ${importanceText(best.value, scale)}` : '–';
}
