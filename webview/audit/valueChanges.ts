import { formatNumber } from '../../src/format.ts';
import type { ValueChange, ValuesAudit } from '../../src/padding/audit.ts';
import { interventionName } from '../../src/padding/interventionNames.ts';
import { leftOutWords, sdWords } from '../../src/padding/values/valueWords.ts';
import { element } from '../element.ts';
import { block } from './block.ts';

const COLUMNS = ['Padding', 'Mean |Δy|', '95 % interval', 'in sd', 'Largest change'];

/** How far an output that is a number moves under every change of the padding; what counts classes is left out by name. */
export function valueChanges(values: ValuesAudit): HTMLElement {
  return block(
    'audit-values',
    'Does the answer survive other padding?',
    sdWords(values),
    element(
      'table',
      { class: 'numbers', id: 'value-numbers' },
      element(
        'thead',
        {},
        element('tr', {}, ...COLUMNS.map((name) => element('th', { scope: 'col' }, name))),
      ),
      element('tbody', {}, ...values.changes.map(row)),
    ),
    element('p', { class: 'dim' }, leftOutWords(values)),
  );
}

function row(change: ValueChange): HTMLElement {
  const cell = (text: string) => element('td', {}, text);
  const cells =
    'unavailable' in change
      ? [element('td', { colspan: '4', class: 'dim' }, change.unavailable)]
      : [
          cell(formatNumber(change.meanAbs.value)),
          cell(change.meanAbs.n > 1 ? change.meanAbs.interval.map(formatNumber).join(' to ') : '—'),
          cell(change.inSd === null ? '—' : formatNumber(change.inSd)),
          cell(`${formatNumber(change.worst.change)} (${change.worst.id})`),
        ];
  const name = element('th', { scope: 'row' }, interventionName(change.intervention));
  return element('tr', { 'data-intervention': change.intervention }, name, ...cells);
}
