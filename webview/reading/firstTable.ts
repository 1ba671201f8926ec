import { formatNumber } from '../../src/format.ts';
import type { FirstSteps } from '../../src/views/panel/contract.ts';
import { element } from '../element.ts';
import { counted } from '../format.ts';

/** The beginning of an instance as it is read: features down, steps across, padding hatched. */
export function firstTable(first: FirstSteps, features: readonly string[], alone: boolean): HTMLElement {
  const { id, label, measured, length, real, values, mask } = first;
  const steps = mask.length;
  const more = length > steps;
  const left = features.length - values.length;
  const caption = [
    alone ? 'The series' : `Instance ${id}`,
    label !== undefined ? `label ${label}` : measured !== undefined ? `value ${measured}` : 'no label',
    real === length ? counted(length, 'step') : `${real} of ${counted(length, 'step')} real`,
  ].join(' · ');
  return element(
    'div',
    { class: 'reading-scroll' },
    element(
      'table',
      { class: 'reading-table steps' },
      element('caption', {}, caption),
      element(
        'tr',
        {},
        element('th', { scope: 'col' }, 'step'),
        ...mask.map((_, step) => element('th', { scope: 'col' }, step)),
        more && element('th', { 'aria-label': 'and so on' }, '…'),
      ),
      ...values.map((row, feature) =>
        element(
          'tr',
          {},
          element('th', { scope: 'row' }, features[feature] ?? `${feature}`),
          ...row.map((value, step) =>
            element(
              'td',
              { class: mask[step] ? undefined : 'padded' },
              value === null ? '–' : formatNumber(value),
            ),
          ),
          more && element('td', {}, '…'),
        ),
      ),
      left > 0 &&
        element(
          'tr',
          {},
          element('th', { scope: 'row', class: 'dim' }, `and ${counted(left, 'more feature')}`),
        ),
    ),
  );
}
