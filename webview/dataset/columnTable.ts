import { formatNumber } from '../../src/format.ts';
import type { Overview } from '../../src/overview/overview.ts';
import { columnName } from '../../src/overview/words.ts';
import { element, replace } from '../element.ts';
import { groupOf, type Shown } from './shown.ts';

/** The mean map in numbers, column by column; filled when it is opened. */
export function columnTable(overview: Overview, shown: Shown): HTMLElement {
  const place = element('div', { class: 'column-numbers' });
  const details = element('details', { id: 'column-details' }, element('summary', {}, 'Numbers'), place);
  details.addEventListener('toggle', () => {
    if (details.open && !place.firstChild) replace(place, filled(overview, shown));
  });
  return details;
}

function filled(overview: Overview, shown: Shown): HTMLElement {
  const { alignment, scale } = shown;
  const map = groupOf(overview, shown).maps[alignment][scale];
  const { rows, columns, mean, error, n, profile, profileError } = map;
  const { stepsPerColumn, features } = overview;
  const value = (of: number, more: number) =>
    Number.isNaN(of)
      ? '–'
      : Number.isNaN(more)
        ? formatNumber(of)
        : `${formatNumber(of)} ± ${formatNumber(more)}`;
  const strongest = (column: number) => {
    let best = 0;
    for (let row = 1; row < rows; row++) {
      if (Math.abs(mean[row * columns + column]!) > Math.abs(mean[best * columns + column]!)) best = row;
    }
    const i = best * columns + column;
    return n[column] ? `${features?.[best] ?? best}: ${value(mean[i]!, error[i]!)}` : '–';
  };
  const withFeatures = rows > 1;
  const head = ['Position', 'Instances', withFeatures ? 'Mean over features' : 'Mean'];
  return element(
    'table',
    { class: 'numbers', id: 'column-numbers' },
    element(
      'thead',
      {},
      element(
        'tr',
        {},
        ...[...head, ...(withFeatures ? ['Strongest feature'] : [])].map((name) =>
          element('th', { scope: 'col' }, name),
        ),
      ),
    ),
    element(
      'tbody',
      {},
      ...Array.from({ length: columns }, (_, column) =>
        element(
          'tr',
          {},
          element('th', { scope: 'row' }, columnName({ alignment, columns, stepsPerColumn }, column)),
          element('td', {}, n[column]),
          element('td', {}, value(profile[column]!, profileError[column]!)),
          withFeatures && element('td', {}, strongest(column)),
        ),
      ),
    ),
  );
}
