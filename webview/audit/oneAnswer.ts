import type { Audit, CarrierFigures, CarrierResult } from '../../src/padding/audit.ts';
import { interventionName } from '../../src/padding/interventionNames.ts';
import { whyNone } from '../../src/padding/whyNone.ts';
import { element, icon } from '../element.ts';
import { block } from './block.ts';

/** What every change of the padding does to one answer: one instance has no rates. */
export function oneAnswer({ carrier, classes, instances }: Audit): HTMLElement {
  const [one] = instances;
  const none = whyNone(carrier);
  const predicted = classes[one!.predicted] ?? `class ${one!.predicted}`;
  return block(
    'audit-carrier',
    'Does the answer survive other padding?',
    none ??
      `What becomes of ${predicted}, p ${one!.probability.toFixed(3)}, when the padding changes; the real steps stay as they are.`,
    none === null &&
      element(
        'table',
        { class: 'numbers', id: 'carrier-numbers' },
        element(
          'thead',
          {},
          element('tr', {}, ...['Padding', 'Answer', 'Δp'].map((name) => element('th', {}, name))),
        ),
        element('tbody', {}, ...carrier.map(row)),
      ),
  );
}

function row(result: CarrierResult): HTMLElement {
  const name = element('th', { scope: 'row' }, interventionName(result.intervention));
  const cells =
    'unavailable' in result
      ? [element('td', { colspan: '2', class: 'dim' }, result.unavailable)]
      : [
          element('td', { class: 'sign' }, icon(result.flipped[0] ? 'warning' : 'check'), answer(result)),
          element('td', {}, signed(result.worst.dp)),
        ];
  return element('tr', { 'data-intervention': result.intervention }, name, ...cells);
}

/** Noise is drawn several times, and may flip the answer in some of them. */
function answer({ flipped, flipRate }: CarrierFigures): string {
  const word = flipped[0] ? 'flips' : 'holds';
  const { value } = flipRate;
  return value > 0 && value < 1 ? `${word} (flips in ${Math.round(100 * value)} % of draws)` : word;
}

function signed(value: number): string {
  const text = Math.abs(value).toFixed(3);
  return Number(text) === 0 ? text : `${value < 0 ? '−' : '+'}${text}`;
}
