import type { ReadingPlan } from '../../src/views/panel/contract.ts';
import { element } from '../element.ts';

const mostParts = 60;

/** As many neighbours of one role and reason stand in one row. */
const manyAlike = 5;

/** Neighbours that are alike in one row. */
function grouped({ parts, rows = [] }: ReadingPlan) {
  const valuesOf = (column: number) => rows.map((row) => row[column] ?? '').filter(Boolean);
  const groups: { from: number; to: number }[] = [];
  for (const [column, { role, reason }] of parts.entries()) {
    const last = groups.at(-1);
    const before = parts[column - 1];
    if (last && before?.role === role && before.reason === reason) last.to = column;
    else groups.push({ from: column, to: column });
  }
  return groups
    .flatMap(({ from, to }) =>
      to - from + 1 >= manyAlike
        ? [{ from, to }]
        : Array.from({ length: to - from + 1 }, (_, i) => ({ from: from + i, to: from + i })),
    )
    .map(({ from, to }) => ({
      ...parts[from]!,
      count: to - from + 1,
      name: from === to ? parts[from]!.name : `${parts[from]!.name} … ${parts[to]!.name}`,
      cells: valuesOf(from),
    }));
}

/** Columns or arrays with role, reason and the first values that stand there. */
export function partsTable(plan: ReadingPlan): HTMLElement {
  const groups = grouped(plan);
  const shown = groups.slice(0, mostParts);
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
      ...shown.map(({ name, role, reason, count, cells }) =>
        element(
          'tr',
          { 'data-role': role },
          element('th', { scope: 'row' }, name),
          element(
            'td',
            {},
            element('span', { class: `role role-${role}` }, count > 1 ? `${count} × ${role}` : role),
          ),
          element('td', { class: 'cells' }, cells.slice(0, 3).join(', ')),
          element('td', { class: 'why' }, reason),
        ),
      ),
      groups.length > shown.length &&
        element(
          'tr',
          {},
          element('td', { colspan: 4, class: 'dim' }, `and ${groups.length - shown.length} more`),
        ),
    ),
  );
}
