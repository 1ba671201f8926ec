import type { ReadingPlan } from '../../src/views/panel/contract.ts';
import { element } from '../element.ts';

const mostParts = 60;

/** Columns or arrays with role, reason and the first values that stand there. */
export function partsTable({ parts, rows = [] }: ReadingPlan): HTMLElement {
  const shown = parts
    .map((part, column) => ({ ...part, cells: rows.map((row) => row[column] ?? '').filter(Boolean) }))
    .filter(({ role }, column) => role !== 'steps' || parts[column - 1]?.role !== 'steps')
    .slice(0, mostParts);
  const steps = parts.filter(({ role }) => role === 'steps').length;
  return element(
    'div',
    { class: 'reading-scroll' },
    element(
      'table',
      { class: 'reading-table', id: 'reading-parts' },
      element(
        'tr',
        {},
        ...['Column', 'Read as', 'First values', 'Why'].map((name) => element('th', { scope: 'col' }, name)),
      ),
      ...shown.map(({ name, role, reason, cells }) =>
        element(
          'tr',
          { 'data-role': role },
          element('th', { scope: 'row' }, name),
          element(
            'td',
            {},
            element('span', { class: `role role-${role}` }, role === 'steps' ? `${steps} steps` : role),
          ),
          element('td', { class: 'cells' }, cells.slice(0, 3).join(', ')),
          element('td', { class: 'why' }, reason),
        ),
      ),
      parts.length > shown.length + Math.max(0, steps - 1) &&
        element(
          'tr',
          {},
          element('td', { colspan: 4, class: 'dim' }, `and ${parts.length - shown.length} more`),
        ),
    ),
  );
}
