import type { Evaluation, RemovalResult } from '../../src/evaluation/evaluation.ts';
import { replacementName } from '../../src/evaluation/replacement.ts';
import type { Estimate } from '../../src/padding/audit.ts';
import { element } from '../element.ts';

const columns: readonly (readonly [title: string, what: string])[] = [
  ['Replaced by', ''],
  ['Deletion', 'Area under p as the highest cells go; lower is better'],
  ['Insertion', 'Area under p as the highest cells come back; higher is better'],
  ['Random', 'Area under p in random order'],
  ['Gain of deletion', 'Random − deletion, with its 95 % interval; above 0 the map beats a random order'],
  ['Gain of insertion', 'Insertion − random, with its 95 % interval; above 0 the map beats a random order'],
  ['In logits', 'The same two gains as areas under the logit'],
  ['Comprehensiveness', 'Mean fall of p when the top 1, 5, 10, 20, 50 % are gone; higher is better'],
  ['Sufficiency', 'Mean fall of p when only they are left; lower is better'],
];

/** Every area under every replacement. */
export function removalTable({ removal }: Evaluation): HTMLElement {
  return element(
    'details',
    { class: 'wide' },
    element('summary', {}, 'Numbers of every replacement'),
    element(
      'table',
      { class: 'numbers', id: 'removal-numbers' },
      element(
        'thead',
        {},
        element(
          'tr',
          {},
          ...columns.map(([title, what]) => element('th', { scope: 'col', title: what }, title)),
        ),
      ),
      element('tbody', {}, ...removal.map(row)),
    ),
  );
}

function row(result: RemovalResult): HTMLElement {
  const { replacement, scope } = result;
  const name = `${replacementName(replacement)}${scope === 'all' ? ', padding included' : ''}`;
  const cells = [
    three(result.deletionArea.value),
    three(result.insertionArea.value),
    three(result.randomArea.value),
    range3(result.deletionGain),
    range3(result.insertionGain),
    `${two(result.deletionGainLogit.value)}, ${two(result.insertionGainLogit.value)}`,
    three(result.comprehensiveness.value),
    three(result.sufficiency.value),
  ];
  return element(
    'tr',
    { 'data-replacement': replacement, 'data-scope': scope },
    element('th', { scope: 'row' }, name),
    ...cells.map((text) => element('td', {}, text)),
  );
}

/** `0.121 [0.108, 0.135]` */
export function range3({ value, interval: [low, high] }: Estimate): string {
  // A mean of one, or of equal values, has none.
  if (low === high) return three(value);
  return `${three(value)} [${three(low)}, ${three(high)}]`;
}

/** Signed, three digits behind the point. */
export function three(value: number): string {
  return signed(value, 3);
}

/** Signed, two digits behind the point. */
export function two(value: number): string {
  return signed(value, 2);
}

function signed(value: number, digits: number): string {
  if (!Number.isFinite(value)) return '–';
  const text = Math.abs(value).toFixed(digits);
  return value < 0 && Number(text) > 0 ? `−${text}` : text;
}
