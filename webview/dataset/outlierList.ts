import type { Outlier, OutlierKind, Overview } from '../../src/overview/overview.ts';
import { block } from '../audit/block.ts';
import { button, element } from '../element.ts';
import { counted } from '../format.ts';
import { LIST_THEM } from '../pageView.ts';

/** More are told by number; the exports have all. */
const most = 200;

const kinds: Readonly<Record<OutlierKind, string>> = {
  'far-from-class': 'far from their class',
  misclassified: 'misclassified',
  'padding-share': 'with an unusual share of padding',
  'zero-map': 'zero on all real steps',
  'flat-map': 'flat',
};

/** Instances that do not fit in, with the reasons; each opens its map. */
export function outlierList(
  overview: Overview,
  open: (index: number) => void,
  list: () => void,
): HTMLElement {
  const { outliers, instances, untold } = overview;
  const shown = outliers.slice(0, most);
  return block(
    'dataset-outliers',
    'Which instances stand out',
    outliers.length
      ? `${outliers.length} of ${counted(instances.length, 'instance')}: ${byKind(outliers)}. Choose one to see its map.`
      : `None of ${counted(instances.length, 'instance')}, as far as can be told.`,
    shown.length > 0 &&
      element(
        'ul',
        { class: 'outliers', id: 'outliers' },
        ...shown.map(({ instance, reasons }) => {
          const { id, index } = instances[instance]!;
          return element(
            'li',
            { 'data-instance': index },
            button({ class: 'link', title: 'Show its map' }, () => open(index), id),
            element('span', {}, ` ${reasons.map(({ sentence }) => sentence).join(' ')}`),
          );
        }),
      ),
    outliers.length > 0 && button({ class: 'link', id: 'list-outliers' }, list, LIST_THEM),
    outliers.length > most && element('p', { class: 'dim' }, `The first ${most}; the exports have all.`),
    ...untold.map((sentence) => element('p', { class: 'dim untold' }, sentence)),
  );
}

function byKind(outliers: readonly Outlier[]): string {
  const counts = Object.entries(kinds).flatMap(([kind, words]) => {
    const n = outliers.filter(({ reasons }) => reasons.some((reason) => reason.kind === kind)).length;
    return n ? [`${n} ${words}`] : [];
  });
  return counts.join(', ');
}
