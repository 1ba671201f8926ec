import { button, element } from '../element.ts';
import type { Entry, Filter } from './entries.ts';

/** Larger matrices are no help. */
const most = 12;

/** Labels against predictions; each count filters the list. Null where there is nothing to compare. */
export function confusionMatrix(
  entries: readonly Entry[],
  filter: Filter,
  choose: (cell: Filter['cell']) => void,
): HTMLElement | null {
  if (!entries.some(({ instance }) => instance.correct !== null)) return null;
  const names = (of: (entry: Entry) => string | null) =>
    [...new Set(entries.map(of))].filter((name) => name !== null).sort();
  const [labels, predictions] = [
    names(({ instance }) => instance.label),
    names(({ predicted }) => predicted),
  ];
  if (labels.length > most || predictions.length > most) return null;
  const counts = new Map<string, { n: number; right: boolean }>();
  for (const { instance, predicted } of entries) {
    const key = JSON.stringify([instance.label, predicted]);
    counts.set(key, { n: (counts.get(key)?.n ?? 0) + 1, right: instance.correct === true });
  }
  const cell = (label: string, predicted: string) => {
    const { n, right } = counts.get(JSON.stringify([label, predicted])) ?? { n: 0, right: false };
    const on = filter.cell?.label === label && filter.cell.predicted === predicted;
    const title = `${n} labelled ${label}, predicted ${predicted}`;
    const made = button(
      { class: 'confusion-cell', 'aria-pressed': String(on), 'aria-label': title, title, disabled: n === 0 },
      () => choose(on ? null : { label, predicted }),
      n,
    );
    return element('td', { class: n === 0 ? 'none' : right ? 'right' : 'wrong' }, made);
  };
  return element(
    'table',
    { class: 'confusion', id: 'confusion' },
    element('caption', {}, 'labelled ↓ predicted →'),
    element(
      'thead',
      {},
      element('tr', {}, element('td'), ...predictions.map((name) => element('th', { scope: 'col' }, name))),
    ),
    element(
      'tbody',
      {},
      ...labels.map((label) =>
        element(
          'tr',
          {},
          element('th', { scope: 'row' }, label),
          ...predictions.map((predicted) => cell(label, predicted)),
        ),
      ),
    ),
  );
}
